#ifndef YICIBAN_CLIBCRYPTO_SHIM_H
#define YICIBAN_CLIBCRYPTO_SHIM_H

#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/stack.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Swift does not import a macro that is built from other macros.
static const int YICIBAN_MBSTRING_UTF8 = MBSTRING_UTF8;

#endif
