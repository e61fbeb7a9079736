// Package peers holds the tests of the built program against real servers, a
// Postfix with a Dovecot for its sign-in and a laboratory of certificates, an
// NSD and an Unbound, which .ci/peers starts on loopback, and in networks of
// their own, for what loopback cannot show. They are behind the build tag peers;
// without the servers they say what is missing.
//
//	.ci/peers                            all tests there are
//	.ci/peers ./ui/peers -run Big -v     some of these
package peers
