#include "adapters/openid/settings.h"

#include <algorithm>
#include <boost/url.hpp>
#include <fstream>
#include <iterator>

#include "kernel/toml.h"

namespace minhu::openid {

namespace {

tl::unexpected<Fault> bad(std::string reason) {
  return fail(FaultCode::invalid_input, "openid.bad_settings", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

Outcome only_known(const toml::table& table, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      return bad("\"" + std::string(key.str()) + "\" is not known here");
    }
  }
  return {};
}

Result<std::string> text(const toml::table& table, std::string_view key) {
  const auto* node = table.get(key);
  const auto value = node == nullptr ? std::nullopt : node->value<std::string>();
  if (!value || value->empty()) return bad("\"" + std::string(key) + "\" is missing or no text");
  return *value;
}

Result<std::vector<std::string>> texts(const toml::table& table, std::string_view key) {
  std::vector<std::string> all;
  const auto* node = table.get(key);
  if (node == nullptr) return all;
  const auto* array = node->as_array();
  if (array == nullptr) return bad("\"" + std::string(key) + "\" is a list of texts");
  for (const auto& element : *array) {
    const auto value = element.value<std::string>();
    if (!value || value->empty()) return bad("\"" + std::string(key) + "\" is a list of texts");
    all.push_back(*value);
  }
  return all;
}

Result<const toml::table*> table_of(const toml::table& table, std::string_view key) {
  static const toml::table none;
  const auto* node = table.get(key);
  if (node == nullptr) return &none;
  if (!node->is_table()) return bad("[" + std::string(key) + "] is a table");
  return node->as_table();
}

Result<Sealed<std::string>> secret(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return bad(file + " cannot be read");
  std::string value{std::istreambuf_iterator<char>(in), {}};
  while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
  if (value.empty()) return bad(file + " is empty");
  return Sealed<std::string>(std::move(value));
}

Result<std::string> address(const toml::table& table, std::string_view key) {
  MINHU_TRY(std::string url, text(table, key));
  if (!is_address(url) || url.find('?') != std::string::npos) {
    return bad("\"" + std::string(key) + "\" is no https address");
  }
  return url;
}

}  // namespace

bool is_on_this_machine(std::string_view url) {
  const auto parsed = boost::urls::parse_uri(boost::core::string_view(url.data(), url.size()));
  if (!parsed || parsed->scheme() != "http") return false;
  const std::string host = parsed->host();
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

bool is_address(std::string_view url) {
  const auto parsed = boost::urls::parse_uri(boost::core::string_view(url.data(), url.size()));
  if (!parsed || parsed->has_userinfo() || parsed->has_fragment() || parsed->host().empty()) {
    return false;
  }
  return parsed->scheme() == "https" || is_on_this_machine(url);
}

Result<Settings> read_settings(std::string_view toml) {
  toml::table table;
  try {
    table = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return bad("line " + std::to_string(error.source().begin.line) + ": " +
               std::string(error.description()));
  }
  MINHU_CHECK_OK(only_known(table, {"issuer", "client_id", "client_secret_file", "public_url",
                                    "scopes", "authorities", "display_name", "second_factor"}));
  Settings settings;
  MINHU_TRY(settings.issuer, address(table, "issuer"));
  MINHU_TRY(settings.client_id, text(table, "client_id"));
  MINHU_TRY(const std::string secret_file, text(table, "client_secret_file"));
  MINHU_TRY(settings.client_secret, secret(secret_file));
  MINHU_TRY(settings.public_url, address(table, "public_url"));
  while (settings.public_url.ends_with('/')) settings.public_url.pop_back();
  if (table.contains("authorities")) {
    MINHU_TRY(settings.authorities, text(table, "authorities"));
    if (!std::ifstream(settings.authorities)) return bad(settings.authorities + " cannot be read");
  }
  if (table.contains("scopes")) {
    MINHU_TRY(settings.scopes, texts(table, "scopes"));
    if (std::find(settings.scopes.begin(), settings.scopes.end(), "openid") ==
        settings.scopes.end()) {
      return bad("\"scopes\" has no \"openid\"");
    }
  }

  MINHU_TRY(const toml::table* names, table_of(table, "display_name"));
  MINHU_CHECK_OK(only_known(*names, {"zh", "en"}));
  MINHU_TRY(settings.names["zh-CN"], text(*names, "zh"));
  MINHU_TRY(settings.names["en"], text(*names, "en"));

  MINHU_TRY(const toml::table* factor, table_of(table, "second_factor"));
  MINHU_CHECK_OK(only_known(*factor, {"acr", "amr"}));
  MINHU_TRY(settings.second_factor_acr, texts(*factor, "acr"));
  MINHU_TRY(settings.second_factor_amr, texts(*factor, "amr"));
  return settings;
}

}  // namespace minhu::openid
