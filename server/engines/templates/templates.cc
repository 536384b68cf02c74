#include "engines/templates/templates.h"

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "kernel/assert.h"

namespace minhu::templates {

namespace {

ctemplate::TemplateString view(std::string_view text) {
  return {text.data(), text.size()};
}

std::string capitals(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
  });
  return out;
}

tl::unexpected<Fault> bad(std::string_view file, std::string reason) {
  return fail(FaultCode::invalid_input, "templates.bad_file", std::string(),
              std::map<std::string, std::string>{{"file", std::string(file)},
                                                 {"reason", std::move(reason)}});
}

constexpr int deepest_include = 8;

class Loader {
 public:
  Loader(std::span<const EmbeddedFile> files, const Sentences& sentences) : sentences_(sentences) {
    for (const EmbeddedFile& file : files) {
      if (!file.name.ends_with(".html")) continue;
      by_marker_[capitals(file.name.substr(0, file.name.size() - 5))] = &file;
    }
  }

  // The text with {{>OTHER}} and [[key]] replaced.
  Result<std::string> whole(const EmbeddedFile& file, int depth = 0) const {
    if (depth > deepest_include) return bad(file.name, "includes itself");
    std::string out;
    std::string_view rest = file.text;
    while (!rest.empty()) {
      const auto sentence = rest.find("[[");
      const auto include = rest.find("{{>");
      const auto at = std::min(sentence, include);
      if (at == std::string_view::npos) break;
      out += rest.substr(0, at);
      const bool is_sentence = at == sentence;
      const std::size_t skip = is_sentence ? 2 : 3;
      const auto end = rest.find(is_sentence ? "]]" : "}}", at);
      if (end == std::string_view::npos) return bad(file.name, "an opening mark never closes");
      const auto name = rest.substr(at + skip, end - at - skip);
      MINHU_TRY(const std::string text,
                is_sentence ? sentence_of(file, name) : included(file, name, depth));
      out += text;
      rest.remove_prefix(end + 2);
    }
    out += rest;
    return out;
  }

 private:
  Result<std::string> sentence_of(const EmbeddedFile& file, std::string_view key) const {
    const auto sentence = sentences_(key);
    if (!sentence) return bad(file.name, "there is no sentence " + std::string(key));
    return escape_html(*sentence);
  }
  Result<std::string> included(const EmbeddedFile& file, std::string_view marker, int depth) const {
    const auto found = by_marker_.find(marker);
    if (found == by_marker_.end()) return bad(file.name, "includes unknown " + std::string(marker));
    return whole(*found->second, depth + 1);
  }

  const Sentences& sentences_;
  std::map<std::string, const EmbeddedFile*, std::less<>> by_marker_;
};

}  // namespace

// Either the root, which owns its dictionary, or a section, whose dictionary belongs to the root.
struct Values::Node {
  std::unique_ptr<ctemplate::TemplateDictionary> owned;
  ctemplate::TemplateDictionary* dictionary = nullptr;
  std::deque<Values*> children;
  ~Node() {
    for (Values* child : children) delete child;
  }
};

Values::Values() : node_(std::make_unique<Node>()) {
  node_->owned = std::make_unique<ctemplate::TemplateDictionary>("page");
  node_->dictionary = node_->owned.get();
}
Values::Values(std::unique_ptr<Node> node) : node_(std::move(node)) {}
Values::~Values() = default;

Values& Values::set(std::string_view name, std::string_view value) {
  node_->dictionary->SetValue(view(name), view(value));
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t value) {
  return set(name, std::to_string(value));
}

Values& Values::set_markup(std::string_view name, std::string_view markup) {
  return set(name, markup);
}

Values& Values::show(std::string_view section) {
  node_->dictionary->ShowSection(view(section));
  return *this;
}

Values& Values::add(std::string_view section) {
  auto child = std::make_unique<Node>();
  child->dictionary = node_->dictionary->AddSectionDictionary(view(section));
  node_->children.push_back(new Values(std::move(child)));
  return *node_->children.back();
}

struct Templates::Impl {
  ctemplate::TemplateCache cache;
  std::set<std::string, std::less<>> names;
};

Templates::Templates(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Templates::Templates(Templates&&) noexcept = default;
Templates::~Templates() = default;

Result<Templates> Templates::read(std::span<const EmbeddedFile> files, const Sentences& sentences) {
  auto impl = std::make_unique<Impl>();
  const Loader loader(files, sentences);
  for (const EmbeddedFile& file : files) {
    if (!file.name.ends_with(".html")) continue;
    MINHU_TRY(const std::string text, loader.whole(file));
    const std::string name(file.name.substr(0, file.name.size() - 5));
    // The pragma is written here, so that no file can go without it.
    if (!impl->cache.StringToTemplateCache(name, "{{%AUTOESCAPE context=\"HTML\"}}" + text,
                                           ctemplate::STRIP_WHITESPACE)) {
      return bad(file.name, "the template language does not accept it");
    }
    impl->names.insert(name);
  }
  impl->cache.Freeze();
  return Templates(std::move(impl));
}

std::string Templates::render(std::string_view name, const Values& values) const {
  MINHU_ASSERT(impl_->names.contains(name));
  std::string out;
  const bool rendered = impl_->cache.ExpandNoLoad(std::string(name), ctemplate::STRIP_WHITESPACE,
                                                  values.node_->dictionary, nullptr, &out);
  MINHU_ASSERT(rendered);
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace minhu::templates
