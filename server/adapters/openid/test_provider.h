// For tests: an OpenID provider on this machine with keys of its own, which answers as it is told
// to.
#pragma once

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <atomic>
#include <boost/json.hpp>
#include <boost/url.hpp>
#include <chrono>

#include "adapters/openid/id_token.h"
#include "adapters/outbound/test_server.h"
#include "kernel/crypto.h"

namespace minhu::openid {

class SigningKey {
 public:
  SigningKey(std::string id, Algorithm algorithm)
      : id_(std::move(id)),
        algorithm_(algorithm),
        key_(algorithm == Algorithm::rs256 ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"),
             EVP_PKEY_free) {}

  boost::json::object header() const {
    return {{"alg", is_rsa() ? "RS256" : "ES256"}, {"kid", id_}, {"typ", "JWT"}};
  }
  boost::json::object jwk() const {
    boost::json::object jwk{{"kid", id_}, {"use", "sig"}};
    if (is_rsa()) {
      jwk["kty"] = "RSA";
      jwk["n"] = number(OSSL_PKEY_PARAM_RSA_N);
      jwk["e"] = number(OSSL_PKEY_PARAM_RSA_E);
    } else {
      jwk["kty"] = "EC";
      jwk["crv"] = "P-256";
      jwk["x"] = number(OSSL_PKEY_PARAM_EC_PUB_X, 32);
      jwk["y"] = number(OSSL_PKEY_PARAM_EC_PUB_Y, 32);
    }
    return jwk;
  }
  std::string signed_token(const boost::json::object& head,
                           const boost::json::object& claims) const {
    const std::string text = to_base64url(as_bytes(boost::json::serialize(head))) + "." +
                             to_base64url(as_bytes(boost::json::serialize(claims)));
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
    std::size_t size = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSign(context, nullptr, &size, data, text.size());
    Bytes signature(size);
    EXPECT_EQ(EVP_DigestSign(context, signature.data(), &size, data, text.size()), 1);
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return text + "." + to_base64url(is_rsa() ? signature : pair_of(signature));
  }
  // The bytes that a forger has: the public key as everybody reads it.
  std::string public_pem() const {
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(out, key_.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(out);
    return text;
  }

 private:
  bool is_rsa() const { return algorithm_ == Algorithm::rs256; }
  std::string number(const char* name, int width = 0) const {
    BIGNUM* value = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key_.get(), name, &value), 1);
    Bytes bytes(static_cast<std::size_t>(width > 0 ? width : BN_num_bytes(value)));
    BN_bn2binpad(value, bytes.data(), static_cast<int>(bytes.size()));
    BN_free(value);
    return to_base64url(bytes);
  }
  static Bytes pair_of(const Bytes& signature) {
    const unsigned char* data = signature.data();
    ECDSA_SIG* read = d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(signature.size()));
    Bytes pair(64);
    BN_bn2binpad(ECDSA_SIG_get0_r(read), pair.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(read), pair.data() + 32, 32);
    ECDSA_SIG_free(read);
    return pair;
  }

  std::string id_;
  Algorithm algorithm_;
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
};

class TestProvider {
 public:
  explicit TestProvider(std::int64_t now_seconds) : now(now_seconds) {}

  std::string issuer() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
  // What stands behind the address that a browser was sent to; gives the code that it comes back
  // with.
  std::string let_in(const std::string& address) {
    const boost::urls::url_view asked(address);
    const auto said = [&](const char* name) {
      const auto found = asked.params().find(name);
      return found == asked.params().end() ? std::string() : std::string((*found).value);
    };
    const std::lock_guard lock(mutex_);
    nonce_ = said("nonce");
    challenge_ = said("code_challenge");
    EXPECT_EQ(said("code_challenge_method"), "S256");
    EXPECT_EQ(said("response_type"), "code");
    code_ = "code-" + std::to_string(++given_);
    return code_;
  }
  int visits_to(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return visits_[path];
  }

  // What a test changes before the browser comes back.
  std::int64_t now;
  boost::json::object other_claims;  // in place of those of a good token
  std::function<std::string(const boost::json::object& claims)> token;  // in place of a good one
  std::vector<const SigningKey*> published;
  const SigningKey* signs = nullptr;
  std::atomic<std::chrono::milliseconds> slow{};
  bool down = false;
  std::string padding;  // of every answer

 private:
  boost::json::object claims() const {
    boost::json::object claims{{"iss", issuer()}, {"sub", "subject-1"}, {"aud", "minhu"},
                               {"iat", now},      {"exp", now + 300},   {"nonce", nonce_}};
    for (const auto& claim : other_claims) claims[claim.key()] = claim.value();
    return claims;
  }
  static std::map<std::string, std::string> form_of(const std::string& body) {
    std::map<std::string, std::string> form;
    for (const auto& param :
         boost::urls::params_encoded_view(body).operator boost::urls::params_view()) {
      form[param.key] = param.value;
    }
    return form;
  }
  std::string exchange(const std::string& head, const std::string& body) {
    auto form = form_of(body);
    const std::string challenge = to_base64url(sha256(as_bytes(form["code_verifier"])));
    const bool ours = head.find("Authorization: Basic " +
                                to_base64(as_bytes("minhu:top%20secret"))) != std::string::npos;
    if (!ours || form["code"] != code_ || code_.empty() || challenge != challenge_ ||
        form["redirect_uri"] != "http://127.0.0.1:1/session/openid/return") {
      return "";
    }
    code_.clear();  // good once
    const auto said = claims();
    return boost::json::serialize(boost::json::object{
        {"token_type", "Bearer"},
        {"access_token", "unused"},
        {"id_token", token ? token(said) : signs->signed_token(signs->header(), said)}});
  }
  std::string answer_to(const std::string& path, const std::string& head, const std::string& body) {
    if (path == "/.well-known/openid-configuration") {
      return boost::json::serialize(
          boost::json::object{{"issuer", issuer()},
                              {"authorization_endpoint", issuer() + "/in"},
                              {"token_endpoint", issuer() + "/token"},
                              {"jwks_uri", issuer() + "/keys"}});
    }
    if (path == "/token") return exchange(head, body);
    boost::json::array keys;
    for (const SigningKey* key : published) keys.push_back(key->jwk());
    return boost::json::serialize(boost::json::object{{"keys", keys}});
  }
  void talk(outbound::test::Conversation& conversation) {
    std::string head;
    if (!conversation.read_until("\r\n\r\n", head)) return;
    std::string body;
    if (const auto at = head.find("Content-Length: "); at != std::string::npos) {
      conversation.read_bytes(std::stoul(head.substr(at + 16)), body);
    }
    const auto start = head.find(' ') + 1;
    const std::string path = head.substr(start, head.find(' ', start) - start);
    const std::lock_guard lock(mutex_);
    ++visits_[path];
    for (std::chrono::milliseconds waited{}; waited < slow.load(); ++waited) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const std::string answer = down ? "" : answer_to(path, head, body);
    conversation.say("HTTP/1.1 " + std::string(answer.empty() ? "400 No" : "200 OK") +
                     "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + answer +
                     padding);
  }

  std::mutex mutex_;
  std::string nonce_;
  std::string challenge_;
  std::string code_;
  int given_ = 0;
  std::map<std::string, int> visits_;
  outbound::test::Server server_{
      [this](outbound::test::Conversation& conversation) { talk(conversation); }};
};

}  // namespace minhu::openid
