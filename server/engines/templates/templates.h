// HTML pages from templates with contextual auto-escaping (ctemplate): a value is escaped for the
// place it stands in — text, attribute, address — and nobody can forget it.
//
// In a template file:
//   [[residents.what.title]]   a sentence of the catalogue, put in when the template is loaded
//   {{NAME}}                   a value of this page, escaped
//   {{#ROW}}…{{/ROW}}          once for every Values that add("ROW") gave, or once after
//   show("ROW")
//   {{>FRAME}}                 the text of frame.html stands here; it sees the values of this place
// Every template begins in HTML context; the loader writes the pragma.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kernel/embedded_file.h"
#include "kernel/result.h"

namespace minhu::templates {

// What one page shows. Cheap to make, lives until the page is rendered; not thread-safe.
class Values {
 public:
  Values();
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;
  ~Values();

  Values& set(std::string_view name, std::string_view value);
  Values& set(std::string_view name, std::int64_t value);
  // Markup that this program made itself and that is safe as it stands (a QR code as SVG, a page
  // rendered before). Only a template that writes {{NAME:none}} takes it unescaped.
  Values& set_markup(std::string_view name, std::string_view markup);
  Values& show(std::string_view section);
  Values& show_if(bool shown, std::string_view section) { return shown ? show(section) : *this; }
  // One more round of a section; owned by this object.
  Values& add(std::string_view section);

 private:
  friend class Templates;
  struct Node;
  explicit Values(std::unique_ptr<Node> node);
  std::unique_ptr<Node> node_;
};

// The sentence of a key in one language, or nothing when there is none.
using Sentences = std::function<std::optional<std::string>(std::string_view key)>;

// All templates of one surface in one language. Immutable after loading, thread-safe.
class Templates {
 public:
  // Files that end in ".html". Fault invalid_input templates.bad_file (details: file, reason):
  // broken markup of the template language, a sentence that there is not, an include that
  // is missing or goes round in a circle.
  static Result<Templates> read(std::span<const EmbeddedFile> files, const Sentences& sentences);
  Templates(Templates&&) noexcept;
  ~Templates();

  // `name` is the file name without ".html". An unknown name is a bug of ours.
  std::string render(std::string_view name, const Values& values) const;

 private:
  struct Impl;
  explicit Templates(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

std::string escape_html(std::string_view text);

}  // namespace minhu::templates
