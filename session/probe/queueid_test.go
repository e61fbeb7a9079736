package probe

import "testing"

func TestQueueID(t *testing.T) {
	for receipt, want := range map[string]string{
		"2.0.0 Ok: queued as 4Xy1z2":                                      "4Xy1z2",           // Postfix
		"OK id=1sAbCd-000123-Ef":                                          "1sAbCd-000123-Ef", // Exim
		"2.0.0 45NBQxyz012345 Message accepted for delivery":              "",                 // Sendmail
		"2.6.0 <a@b.example> [InternalId=12345] Queued mail for delivery": "",
		"ok dirdel":                "dirdel", // the how-to's
		"ok 1718000000 qp 12345":   "",       // qmail
		"Ok: queued as <ABC123>.":  "ABC123",
		"2.0.0 Ok: queued-as= XYZ": "XYZ",
		"Message queued as":        "",
		"":                         "",
		"id":                       "",
		"OK":                       "",
	} {
		if got := QueueID(receipt); got != want {
			t.Errorf("%q gives %q, want %q", receipt, got, want)
		}
	}
}
