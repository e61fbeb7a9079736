package certificate

import (
	"strings"

	"ehlo/session"
)

// ofLayer says in words which protocol and cipher are spoken.
func ofLayer(layer session.Encryption) Sentence {
	key, tone := "layer_old", Wrong
	switch layer.Version {
	case "TLS 1.3": // RFC 8446
		key, tone = "layer_new", Good
	case "TLS 1.2": // RFC 5246; older ones are given up (RFC 8996)
		key, tone = "layer_good", Good
	}
	return Sentence{AboutLayer, tone, say(key, "version", layer.Version, "cipher", cipherWords(layer.Cipher))}
}

// cipherWords names the cipher of a suite for people: what follows is looked
// for in the suite's name, the first that is there counts.
func cipherWords(suite string) string {
	for _, known := range []struct{ part, key string }{
		{"CHACHA20", "cipher_chacha"},
		{"AES_256_GCM", "cipher_aes256"},
		{"AES_128_GCM", "cipher_aes128"},
		{"AES_256_CBC", "cipher_aes256_cbc"},
		{"AES_128_CBC", "cipher_aes128_cbc"},
		{"3DES", "cipher_3des"},
		{"RC4", "cipher_rc4"},
	} {
		if strings.Contains(suite, known.part) {
			return say(known.key)
		}
	}
	return suite
}
