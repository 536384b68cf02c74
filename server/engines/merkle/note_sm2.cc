#include "engines/merkle/note_sm2.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <optional>

#include "kernel/assert.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view kind = "\xFFminhu.sm2sm3.v1";
constexpr std::string_view identifier = "1234567812345678";  // GB/T 35276
constexpr std::size_t half = 32;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Freed<Free>>;
using Number = Owned<BIGNUM, BN_clear_free>;
using LibraryKey = Owned<EVP_PKEY, EVP_PKEY_free>;

LibraryKey key_from(OSSL_PARAM_BLD* builder, int selection) {
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1) {
    return nullptr;
  }
  return LibraryKey(key);
}

// Null for a point that is not on the curve.
LibraryKey public_key(const Sm2Point& point) {
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  LibraryKey key = key_from(builder.get(), EVP_PKEY_PUBLIC_KEY);
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> check(key ? EVP_PKEY_CTX_new(key.get(), nullptr)
                                                         : nullptr);
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(key) : nullptr;
}

std::optional<Sm2Point> point_of(const BIGNUM* secret) {
  const Owned<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(NID_sm2));
  MINHU_ASSERT(group != nullptr);
  const Owned<EC_POINT, EC_POINT_free> product(EC_POINT_new(group.get()));
  Sm2Point point{};
  if (!product ||
      EC_POINT_mul(group.get(), product.get(), secret, nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group.get(), product.get(), POINT_CONVERSION_UNCOMPRESSED, point.data(),
                         point.size(), nullptr) != point.size()) {
    return std::nullopt;
  }
  return point;
}

// From 1 to the order of the curve less 2 (GB/T 32918.1).
bool is_secret(const BIGNUM* number) {
  const Owned<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(NID_sm2));
  const Number limit(BN_dup(EC_GROUP_get0_order(group.get())));
  return !BN_is_zero(number) && BN_sub_word(limit.get(), 1) == 1 && BN_cmp(number, limit.get()) < 0;
}

// Ready to sign or check with SM3 and the identifier.
class Digesting {
 public:
  explicit Digesting(EVP_PKEY* key)
      : digest_(EVP_MD_CTX_new()), context_(EVP_PKEY_CTX_new(key, nullptr)) {
    MINHU_ASSERT(digest_ && context_);
    MINHU_ASSERT(EVP_PKEY_CTX_set1_id(context_.get(), identifier.data(), identifier.size()) == 1);
    EVP_MD_CTX_set_pkey_ctx(digest_.get(), context_.get());
  }
  EVP_MD_CTX* get() const { return digest_.get(); }

 private:
  Owned<EVP_MD_CTX, EVP_MD_CTX_free> digest_;
  Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context_;
};

Bytes halves_of(BytesView der) {
  const std::uint8_t* at = der.data();
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  MINHU_ASSERT(pair != nullptr);
  Bytes bytes(2 * half);
  MINHU_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes.data(), half) == half);
  MINHU_ASSERT(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes.data() + half, half) == half);
  return bytes;
}

Bytes der_of(BytesView halves) {
  const Owned<ECDSA_SIG, ECDSA_SIG_free> pair(ECDSA_SIG_new());
  MINHU_ASSERT(ECDSA_SIG_set0(pair.get(), BN_bin2bn(halves.data(), half, nullptr),
                              BN_bin2bn(halves.data() + half, half, nullptr)) == 1);
  std::uint8_t* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  MINHU_ASSERT(size > 0);
  Bytes bytes(der, der + size);
  OPENSSL_free(der);
  return bytes;
}

Bytes encoded(const Sm2VerifierKey& key) {
  Bytes bytes = to_bytes(kind);
  bytes.insert(bytes.end(), key.point.begin(), key.point.end());
  return bytes;
}

}  // namespace

struct Sm2Signer::Library {
  LibraryKey key;
};

std::uint32_t Sm2VerifierKey::number() const {
  Bytes preimage = to_bytes(name + "\n");
  const Bytes body = encoded(*this);
  preimage.insert(preimage.end(), body.begin(), body.end());
  const Digest digest = sha256(preimage);
  return std::uint32_t{digest[0]} << 24U | std::uint32_t{digest[1]} << 16U |
         std::uint32_t{digest[2]} << 8U | digest[3];
}

std::string format_sm2_key(const Sm2VerifierKey& key) {
  return fmt::format("{}+{:08x}+{}", key.name, key.number(), to_base64(encoded(key)));
}

Result<Sm2VerifierKey> parse_sm2_key(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.verifier_key_broken", "key");
  const std::size_t name_end = std::min(text.find('+'), text.size());
  const std::size_t number_end = text.find('+', std::min(name_end + 1, text.size()));
  if (number_end == std::string_view::npos || !is_key_name(text.substr(0, name_end))) return broken;
  const auto bytes = from_base64(text.substr(number_end + 1));
  Sm2VerifierKey key;
  key.name = text.substr(0, name_end);
  if (!bytes || bytes->size() != kind.size() + key.point.size()) return broken;
  std::copy(bytes->end() - static_cast<std::ptrdiff_t>(key.point.size()), bytes->end(),
            key.point.begin());
  // One spelling; the number shields against letters copied wrong.
  if (format_sm2_key(key) != text || !public_key(key.point)) return broken;
  return key;
}

Sm2Signer::Sm2Signer(Sm2VerifierKey verifier, std::unique_ptr<Library> library)
    : verifier_(std::move(verifier)), library_(std::move(library)) {}
Sm2Signer::~Sm2Signer() = default;
Sm2Signer::Sm2Signer(Sm2Signer&&) noexcept = default;

Result<Sm2Signer> Sm2Signer::from_secret(std::string name, const Key& secret) {
  const auto unusable = fail(FaultCode::invalid_input, "merkle.sm2_secret", "key");
  const Number number(BN_bin2bn(secret.data(), static_cast<int>(secret.size()), nullptr));
  if (!number || !is_secret(number.get())) return unusable;
  const auto point = point_of(number.get());
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  if (!point || !builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point->data(),
                                       point->size()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) != 1) {
    return unusable;
  }
  auto library = std::make_unique<Library>(Library{key_from(builder.get(), EVP_PKEY_KEYPAIR)});
  if (!library->key) return unusable;
  return Sm2Signer({std::move(name), *point}, std::move(library));
}

NoteSignature Sm2Signer::sign(std::string_view text) const {
  const Digesting signing(library_->key.get());
  MINHU_ASSERT(
      EVP_DigestSignInit(signing.get(), nullptr, EVP_sm3(), nullptr, library_->key.get()) == 1);
  const BytesView message = as_bytes(text);
  std::size_t size = 0;
  MINHU_ASSERT(EVP_DigestSign(signing.get(), nullptr, &size, message.data(), message.size()) == 1);
  Bytes der(size);
  MINHU_ASSERT(EVP_DigestSign(signing.get(), der.data(), &size, message.data(), message.size()) ==
               1);
  der.resize(size);
  return {verifier_.name, verifier_.number(), halves_of(der)};
}

Outcome check_sm2_signature(const Note& note, const Sm2VerifierKey& key) {
  const std::map<std::string, std::string> details{{"name", key.name}};
  const auto line = std::find_if(
      note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& signature) {
        return signature.name == key.name && signature.number == key.number();
      });
  if (line == note.signatures.end()) {
    return fail(FaultCode::not_found, "merkle.sm2_missing", "note", details);
  }
  const LibraryKey library = public_key(key.point);
  if (library && line->bytes.size() == 2 * half) {
    const Digesting checking(library.get());
    const Bytes der = der_of(line->bytes);
    const BytesView message = as_bytes(note.text);
    if (EVP_DigestVerifyInit(checking.get(), nullptr, EVP_sm3(), nullptr, library.get()) == 1 &&
        EVP_DigestVerify(checking.get(), der.data(), der.size(), message.data(), message.size()) ==
            1) {
      return {};
    }
  }
  return fail(FaultCode::not_allowed, "merkle.signature_wrong", "note", details);
}

}  // namespace minhu::merkle
