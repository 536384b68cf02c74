// Signatures of ID tokens, by OpenSSL's libcrypto.
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

#include "adapters/openid/id_token.h"

namespace minhu::openid {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;
using Number = Owned<BIGNUM, BN_free>;
using LibraryKey = Owned<EVP_PKEY, EVP_PKEY_free>;

constexpr int fewest_rsa_bits = 2048;
constexpr int most_rsa_bits = 8192;  // checking one takes longer with every bit
constexpr std::size_t coordinate = 32;

Number number_of(BytesView bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

LibraryKey key_from(const char* kind, OSSL_PARAM_BLD* builder) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return LibraryKey(key);
}

LibraryKey rsa_key(const PublicKey& key) {
  const Number modulus = number_of(key.first);
  const Number exponent = number_of(key.second);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || !builder || BN_num_bits(modulus.get()) < fewest_rsa_bits ||
      BN_num_bits(modulus.get()) > most_rsa_bits ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return nullptr;
  }
  return key_from("RSA", builder.get());
}

LibraryKey elliptic_key(const PublicKey& key) {
  if (key.first.size() != coordinate || key.second.size() != coordinate) return nullptr;
  Bytes point{POINT_CONVERSION_UNCOMPRESSED};
  point.insert(point.end(), key.first.begin(), key.first.end());
  point.insert(point.end(), key.second.begin(), key.second.end());
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return key_from("EC", builder.get());
}

// A token carries the two numbers side by side (RFC 7518 §3.4); libcrypto reads them as ASN.1.
Bytes as_library_signature(BytesView pair) {
  if (pair.size() != 2 * coordinate) return {};
  const Owned<ECDSA_SIG, ECDSA_SIG_free> signature(ECDSA_SIG_new());
  Number first = number_of(pair.first(coordinate));
  Number second = number_of(pair.last(coordinate));
  if (!signature || !first || !second ||
      ECDSA_SIG_set0(signature.get(), first.get(), second.get()) != 1) {
    return {};
  }
  (void)first.release();  // the signature's from here on
  (void)second.release();
  unsigned char* out = nullptr;
  const int size = i2d_ECDSA_SIG(signature.get(), &out);
  if (size <= 0) return {};
  Bytes bytes(out, out + size);
  OPENSSL_free(out);
  return bytes;
}

}  // namespace

bool is_signed_by(const Token& token, const PublicKey& key) {
  if (token.algorithm != key.algorithm) return false;
  const bool elliptic = key.algorithm == Algorithm::es256;
  const LibraryKey library_key = elliptic ? elliptic_key(key) : rsa_key(key);
  const Bytes signature = elliptic ? as_library_signature(token.signature) : token.signature;
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  if (!library_key || signature.empty() || !context ||
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, library_key.get()) != 1) {
    return false;
  }
  const BytesView text = as_bytes(token.signed_part);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                          text.size()) == 1;
}

}  // namespace minhu::openid
