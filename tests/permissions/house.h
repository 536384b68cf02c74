// The real program on loopback: every route of app/surfaces, one server for each of two counties
// that share a database, and somebody signed in for every role. Built once for the tests of one
// process.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http_beast/raw_client_for_tests.h"
#include "app/surfaces.h"
#include "app/turns.h"
#include "county.h"
#include "people.h"

namespace minhu::permission_matrix {

std::string_view name_of(http::Method method);
inline bool is_unsafe(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

struct Asked {
  http::Method method = http::Method::get;
  std::string target;  // path and query, encoded
  std::string body;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct Told {
  int status = 0;
  std::string head;
  std::string body;
  std::string header(std::string_view name) const;
  std::string code() const;  // of a problem, else empty
};

class House {
 public:
  static House& get();

  County& here() { return *here_; }
  County& there() { return *there_; }
  std::vector<http::Route>& routes() { return routes_; }
  const cases::Keyring& keyring() const { return foundation_->keyring; }
  Entropy& entropy() { return foundation_->entropy; }
  std::string log() { return log_.str(); }

  // As this person's browser (or program) sends it: session cookie, and what our own pages send
  // along.
  Told ask(const Person& person, Asked asked);
  // Exactly as it is, to the server of this county; `client` is the address that a proxy names.
  Told ask_raw(const Asked& asked, std::string_view client = "");
  const std::string& session_of(const Person& person) const {
    return sessions_.at(std::string(person.name));
  }
  // The cookie of a speaker who has opened this case on the pages; empty for a held case, which
  // gives none.
  std::string pass_of(const Matter& matter);
  std::string host() const;

 private:
  struct Side;
  class Connections;
  House();
  ~House();
  std::string sign_in(Side& side, std::string_view login);
  Told exchange(Side& side, const std::string& request);
  std::string text_of(const Side& side, const Asked& asked, std::string_view client);

  http_beast::TemporaryFolder folder_;
  std::ostringstream log_;
  std::unique_ptr<app::Foundation> foundation_;
  std::unique_ptr<County> here_;
  std::unique_ptr<County> there_;
  std::unique_ptr<Side> side_here_;
  std::unique_ptr<Side> side_there_;
  std::vector<http::Route> routes_;
  std::map<std::string, std::string> sessions_;
  std::mutex passes_lock_;
  std::map<std::string, std::string> passes_;
};

}  // namespace minhu::permission_matrix
