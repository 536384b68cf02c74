#include "engines/text/reading.h"

#include "engines/text/finder.h"
#include "engines/text/normal_text.h"
#include "engines/text/segmenter.h"
#include "kernel/utf8.h"

namespace minhu::text {

namespace {

// Reads the two fields one after the other into the same Read.
class Reader {
 public:
  Reader(const Lexicon& lexicon, Read& out) : segmenter_(lexicon), out_(out) {}

  void take(std::string_view text, Field field) {
    normalise(text, normal_);
    segmenter_.cut(normal_, pieces_);
    add_normal();
    add_tokens(field);
    add_sentences(field);
    find_entities(normal_, pieces_, found_);
    add_entities(field);
    first_token_ = out_.tokens.size();
  }

 private:
  // Where each character of the field begins in Read::normal, and where the last one ends.
  void add_normal() {
    starts_.clear();
    starts_.reserve(normal_.size() + 1);
    for (const char32_t point : normal_.points) {
      starts_.push_back(static_cast<std::uint32_t>(out_.normal.size()));
      append_utf8(point, out_.normal);
    }
    starts_.push_back(static_cast<std::uint32_t>(out_.normal.size()));
  }

  void add_tokens(Field field) {
    out_.tokens.reserve(out_.tokens.size() + pieces_.size());
    for (const Piece& piece : pieces_) {
      Token token;
      token.begin = normal_.origin_begin[piece.begin];
      token.end = normal_.origin_end[piece.end - 1];
      token.normal_begin = starts_[piece.begin];
      token.normal_end = starts_[piece.end];
      token.field = field;
      token.kind = piece.kind;
      token.characters = static_cast<std::uint16_t>(piece.end - piece.begin);
      token.theme = static_cast<std::uint16_t>(theme_of(piece.value));
      token.word = word_hash(out_.text_of(token));
      out_.tokens.push_back(token);
    }
  }

  void add_sentences(Field field) {
    std::size_t begin = 0;
    bool ended = false;  // marks that follow an end (！！！, 。」) belong to it
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i > begin && (breaks_line(i) || (ended && pieces_[i].kind != TokenKind::mark))) {
        add_sentence(begin, i, field);
        begin = i;
        ended = false;
      }
      ended = ended || ends_sentence(pieces_[i]);
    }
    if (begin < pieces_.size()) add_sentence(begin, pieces_.size(), field);
  }

  void add_sentence(std::size_t begin, std::size_t end, Field field) {
    out_.sentences.push_back({static_cast<std::uint32_t>(first_token_ + begin),
                              static_cast<std::uint32_t>(first_token_ + end), field});
  }

  // A line end stands between this piece and the one before it.
  bool breaks_line(std::size_t i) const {
    for (std::size_t at = pieces_[i - 1].end; at < pieces_[i].begin; ++at) {
      if (normal_.classes[at] == CharacterClass::line_end) return true;
    }
    return false;
  }

  bool ends_sentence(const Piece& piece) const {
    if (piece.kind != TokenKind::mark) return false;
    switch (normal_.points[piece.begin]) {
      case U'。':
      case U'!':
      case U'?':
      case U';':
        return true;
      case U'.': {  // many write ．or . for 。; between letters it is none
        const std::size_t next = piece.begin + 1;
        return next >= normal_.size() || normal_.classes[next] == CharacterClass::han ||
               normal_.classes[next] == CharacterClass::blank;
      }
      default:
        return false;
    }
  }

  void add_entities(Field field) {
    for (const Found& found : found_) {
      Entity entity;
      entity.kind = found.kind;
      entity.field = field;
      entity.begin = normal_.origin_begin[found.begin];
      entity.end = normal_.origin_end[found.end - 1];
      entity.normal_begin = starts_[found.begin];
      entity.normal_end = starts_[found.end];
      entity.value = found.value;
      entity.key = word_hash(out_.text_of(entity));
      out_.entities.push_back(entity);
    }
  }

  Segmenter segmenter_;
  Read& out_;
  NormalText normal_;
  std::vector<Piece> pieces_;
  std::vector<Found> found_;
  std::vector<std::uint32_t> starts_;
  std::size_t first_token_ = 0;
};

}  // namespace

Result<Read> read(const Lexicon& lexicon, std::string_view title, std::string_view detail) {
  if (title.size() + detail.size() > longest_text) {
    return fail(FaultCode::too_large, "text.too_long");
  }
  if (!is_valid_utf8(title)) return fail(FaultCode::invalid_input, "text.not_utf8", "title");
  if (!is_valid_utf8(detail)) return fail(FaultCode::invalid_input, "text.not_utf8", "detail");
  Read out;
  out.normal.reserve(title.size() + detail.size() + 1);
  Reader reader(lexicon, out);
  reader.take(title, Field::title);
  out.title_bytes = static_cast<std::uint32_t>(out.normal.size());
  out.normal.push_back('\n');
  reader.take(detail, Field::detail);
  return out;
}

std::uint64_t word_hash(std::string_view normal) noexcept {
  // FNV-1a, then the last step of MurmurHash3, so that the low bits are as good as the high ones.
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : normal) {
    hash ^= static_cast<std::uint8_t>(c);
    hash *= 0x100000001B3U;
  }
  hash ^= hash >> 33U;
  hash *= 0xFF51AFD7ED558CCDU;
  hash ^= hash >> 33U;
  hash *= 0xC4CEB9FE1A85EC53U;
  hash ^= hash >> 33U;
  return hash;
}

Result<std::string> normal_form(std::string_view text) {
  if (!is_valid_utf8(text)) return fail(FaultCode::invalid_input, "text.not_utf8");
  NormalText normal;
  normalise(text, normal);
  return to_utf8(normal.points);
}

std::uint32_t theme_count() {
  return packed_words().theme_count;
}

std::string_view theme_name(std::uint32_t theme) {
  std::string_view names = packed_words().theme_names;
  for (; theme > 1 && !names.empty(); --theme) names.remove_prefix(names.find('\n') + 1);
  return theme == 0 ? std::string_view() : names.substr(0, names.find('\n'));
}

}  // namespace minhu::text
