// One page on its way to the browser: its language, the frame around it, and the refusals.
#pragma once

#include <optional>
#include <string>

#include "adapters/office_pages/office.h"
#include "adapters/office_pages/wording.h"

namespace minhu::office_pages {

inline constexpr std::string_view language_cookie = "minhu-language";

class Page {
 public:
  // `who` is nullptr on the pages in front of the door.
  Page(const Office& office, const http::Request& request, const accounts::Account* who);

  templates::Values& values() { return values_; }
  const Wording& wording() const { return wording_; }
  // Renders pages/office/<name>.html. Never kept by a browser or a proxy: what stands on it is
  // about somebody.
  http::Response answer(std::string_view name, std::string_view title, int status = 200);

 private:
  void put_navigation(const accounts::Account& who);

  const Office& office_;
  Wording wording_;
  templates::Values values_;
  std::string path_;
};

Wording wording_of(const Office& office, const http::Request& request);

// The page that says why something was not done. Nobody signed in: a GET is sent to the sign-in
// page and comes back afterwards; anything else gets what was typed back, to be sent again after
// signing in.
http::Response refuse(const Office& office, const http::Request& request, const Fault& fault,
                      const accounts::Account* who = nullptr);

// `wanted` if it is an address of these pages, else the queue: nobody is sent elsewhere by a link
// that goes through the sign-in page.
std::string local_address(std::string_view wanted);

// The address of this installation as the browser knows it; a Host that is not one gives none.
std::string origin_of(const http::Request& request);

}  // namespace minhu::office_pages
