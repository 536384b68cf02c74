#include <algorithm>

#include "engines/text/reply_lists.h"

namespace minhu::text {

namespace {

constexpr std::size_t piece_characters = 6;
// One piece in so many is kept, chosen by its hash: the same in every text.
constexpr std::uint64_t kept_one_in = 4;
// Fewer kept pieces than that say too little: about fifty characters beside the courtesies.
constexpr std::size_t fewest_pieces = 12;
constexpr double same_petition_share = 0.3;
constexpr double same_title_share = 0.5;

using Hashes = std::vector<std::uint64_t>;

void sort_once(Hashes& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

// Overlapping runs of characters without marks, blanks and digits: a copied answer differs in its
// dates and numbers.
Hashes pieces_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = character_bytes(text[at]);
    const std::string_view character = text.substr(at, bytes);
    const bool mark = character >= "\xE3\x80\x80" && character < "\xE3\x80\xA0";  // 、。《》
    if (bytes == 3 && !mark) characters.push_back(character);
    at += bytes;
  }
  Hashes pieces;
  for (std::size_t at = 0; at + piece_characters <= characters.size(); ++at) {
    std::string piece;
    for (std::size_t ahead = 0; ahead < piece_characters; ++ahead) piece += characters[at + ahead];
    const std::uint64_t hash = word_hash(piece);
    if (hash % kept_one_in == 0) pieces.push_back(hash);
  }
  sort_once(pieces);
  return pieces;
}

// What is said beside the courtesies, which are the same in every answer.
std::string without_formulas(const ReplyLists& lists, std::string_view text) {
  std::string rest(text);
  for (const WordFinder::Hit& hit : lists.clauses.find(text)) {
    if ((hit.value & (reply::formula | reply::forwarded)) == 0) continue;
    std::fill(rest.begin() + hit.begin, rest.begin() + hit.end, ' ');
  }
  return rest;
}

bool has_a_name_of_its_own(EntityKind kind) {
  return kind == EntityKind::estate || kind == EntityKind::road || kind == EntityKind::school ||
         kind == EntityKind::hospital || kind == EntityKind::firm;
}

double share_of(const Hashes& some, const Hashes& others) {
  if (some.empty()) return 0;
  Hashes both;
  std::set_intersection(some.begin(), some.end(), others.begin(), others.end(),
                        std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(some.size());
}

}  // namespace

RepliesGiven::Kept RepliesGiven::kept(std::string id, const Read& petition,
                                      const Read& reply) const {
  Kept kept{std::move(id), pieces_of(without_formulas(words_.lists(), reply.normal)), {}, {}, {}};
  for (const Token& token : petition.tokens) {
    if (token.field == Field::title && token.kind == TokenKind::word && token.characters >= 2) {
      kept.matter.push_back(token.word);
    }
  }
  sort_once(kept.matter);
  for (const Entity& entity : petition.entities) {
    if (has_a_name_of_its_own(entity.kind)) kept.names.push_back(entity.key);
  }
  sort_once(kept.names);
  kept.petition = pieces_of(petition.normal);
  return kept;
}

void RepliesGiven::add(std::string id, const Read& petition, const Read& reply) {
  remove(id);
  Kept fresh = kept(std::move(id), petition, reply);
  std::uint32_t place = 0;
  if (free_.empty()) {
    place = static_cast<std::uint32_t>(kept_.size());
    kept_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
  }
  for (const std::uint64_t piece : fresh.pieces) by_piece_[piece].push_back(place);
  numbers_[fresh.id] = place;
  kept_[place] = std::move(fresh);
}

void RepliesGiven::remove(std::string_view id) {
  const auto found = numbers_.find(std::string(id));
  if (found == numbers_.end()) return;
  const std::uint32_t place = found->second;
  for (const std::uint64_t piece : kept_[place].pieces) {
    const auto holders = by_piece_.find(piece);
    std::erase(holders->second, place);
    if (holders->second.empty()) by_piece_.erase(holders);
  }
  kept_[place] = {};
  free_.push_back(place);
  numbers_.erase(found);
}

std::optional<RepliesGiven::Match> RepliesGiven::find(const Read& petition, const Read& reply,
                                                      std::string_view except_id) const {
  const Kept asked = kept({}, petition, reply);
  if (asked.pieces.size() < fewest_pieces) return std::nullopt;
  std::unordered_map<std::uint32_t, std::size_t> shared;
  for (const std::uint64_t piece : asked.pieces) {
    const auto holders = by_piece_.find(piece);
    if (holders == by_piece_.end()) continue;
    for (const std::uint32_t place : holders->second) ++shared[place];
  }
  std::optional<Match> best;
  for (const auto& [place, count] : shared) {
    const Kept& other = kept_[place];
    const double share = static_cast<double>(count) / static_cast<double>(asked.pieces.size());
    if (share < same_share || other.id == except_id) continue;
    const bool same_matter = share_of(asked.petition, other.petition) >= same_petition_share ||
                             std::max(share_of(asked.matter, other.matter),
                                      share_of(other.matter, asked.matter)) >= same_title_share ||
                             share_of(asked.names, other.names) > 0;
    const bool better = !best || (best->same_matter && !same_matter) ||
                        (best->same_matter == same_matter &&
                         (share > best->share || (share == best->share && other.id < best->id)));
    if (better) best = Match{other.id, share, same_matter};
  }
  return best;
}

}  // namespace minhu::text
