#include "engines/merkle/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engines/merkle/history.h"
#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view first_line = "minhu-sample/v1";

std::string joined(const Proof& proof) {
  std::string text;
  for (const Hash& hash : proof) text += (text.empty() ? "" : ",") + format_hash(hash);
  return text.empty() ? "-" : text;
}

std::optional<Proof> split(std::string_view text) {
  Proof proof;
  if (text == "-") return proof;
  for (;;) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const auto hash = parse_hash(text.substr(0, comma));
    if (!hash || proof.size() == longest_proof) return std::nullopt;
    proof.push_back(*hash);
    if (comma == text.size()) return proof;
    text.remove_prefix(comma + 1);
  }
}

// Words with one blank between them.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    words.push_back(line.substr(0, blank));
    if (blank == line.size()) return words;
    line.remove_prefix(blank + 1);
  }
}

std::optional<std::string> text_in(std::optional<std::string_view> base64) {
  if (!base64) return std::nullopt;
  const auto bytes = from_base64(*base64);
  if (!bytes) return std::nullopt;
  return to_text(*bytes);
}

std::optional<SampledLeaf> parse_leaf_line(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  const bool is_opened = words.size() == 6 && words[0] == "opened";
  if (!is_opened && (words.size() != 4 || words[0] != "cover")) return std::nullopt;
  const auto index = parse_decimal(words[1]);
  const auto entry = from_base64(words[2]);
  auto path = split(words.back());
  if (!index || !entry || !path) return std::nullopt;
  SampledLeaf leaf{*index, *entry, std::nullopt, std::move(*path)};
  if (is_opened) {
    const auto salt = parse_hash(words[3]);
    auto payload = text_in(words[4]);
    if (!salt || !payload) return std::nullopt;
    leaf.opened = {*salt, std::move(*payload)};
  }
  return leaf;
}

Result<CheckedSample::Event> check_leaf(const SampledLeaf& sampled, const TreeHead& tree) {
  const auto not_opened =
      fail(FaultCode::conflict, "merkle.sample_not_opened", "sample",
           std::map<std::string, std::string>{{"index", std::to_string(sampled.index)}});
  MINHU_CHECK_OK(check_inclusion(leaf_hash(sampled.entry), sampled.index, sampled.path, tree));
  const auto leaf = parse_leaf(sampled.entry);
  if (!leaf) return not_opened;
  CheckedSample::Event event{sampled.index, leaf->seconds, std::nullopt};
  if (!sampled.opened) return event;
  const auto& [salt, text] = *sampled.opened;
  auto payload = parse_payload(text);
  if (!payload || commitment_of(salt, as_bytes(text)) != leaf->commitment) return not_opened;
  event.payload = std::move(*payload);
  return event;
}

}  // namespace

std::vector<std::uint64_t> draw_leaves(const Hash& root, std::uint64_t size, std::size_t count) {
  const std::size_t most = std::min<std::uint64_t>({count, largest_sample, size});
  std::vector<std::uint64_t> drawn;
  std::set<std::uint64_t> known;
  for (std::uint64_t i = 0; drawn.size() < most; ++i) {
    Bytes message = to_bytes("minhu/sample/v1");
    const auto number = as_u64be(i);
    message.insert(message.end(), number.begin(), number.end());
    const Digest digest = hmac_sha256(root, message);
    const std::uint64_t index = from_u64be(std::span(digest).first<8>()) % size;
    if (known.insert(index).second) drawn.push_back(index);
  }
  return drawn;
}

std::string format_sample(const Sample& sample) {
  std::string text =
      fmt::format("{}\naudited {}\ndraw {}\nconsistency {}\ncount {}\n", first_line,
                  to_base64(as_bytes(sample.audited)), to_base64(as_bytes(sample.draw)),
                  joined(sample.consistency), sample.count);
  for (const SampledLeaf& leaf : sample.leaves) {
    const std::string entry = to_base64(leaf.entry);
    if (leaf.opened) {
      text +=
          fmt::format("opened {} {} {} {} {}\n", leaf.index, entry, format_hash(leaf.opened->salt),
                      to_base64(as_bytes(leaf.opened->payload)), joined(leaf.path));
    } else {
      text += fmt::format("cover {} {} {}\n", leaf.index, entry, joined(leaf.path));
    }
  }
  return text;
}

Result<Sample> parse_sample(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.sample_broken", "sample");
  if (text.size() > longest_sample || take_line(text) != first_line) return broken;
  auto audited = text_in(take_line_of("audited", text));
  auto draw = text_in(take_line_of("draw", text));
  const auto consistency_line = take_line_of("consistency", text);
  auto consistency = consistency_line ? split(*consistency_line) : std::nullopt;
  const auto count_line = take_line_of("count", text);
  if (!audited || !draw || !consistency || !count_line) return broken;
  // Nothing and too much are the same here: a plain number, where the optimiser would otherwise see
  // an optional read that nobody has filled.
  const std::uint64_t count = parse_decimal(*count_line).value_or(largest_sample + 1);
  if (count > largest_sample) return broken;
  Sample sample{std::move(*audited),
                std::move(*draw),
                std::move(*consistency),
                static_cast<std::size_t>(count),
                {}};
  while (!text.empty()) {
    const auto line = take_line(text);
    auto leaf = line ? parse_leaf_line(*line) : std::nullopt;
    if (!leaf || sample.leaves.size() == largest_sample) return broken;
    sample.leaves.push_back(std::move(*leaf));
  }
  return sample;
}

Result<CheckedSample> check_sample(const TrustPolicy& policy, const Sample& sample) {
  MINHU_TRY(Accepted audited, accept_checkpoint(policy, sample.audited));
  MINHU_TRY(Accepted draw, accept_checkpoint(policy, sample.draw));
  const auto then = audited.time();
  const auto later = draw.time();
  if (!then || !later) {
    return fail(FaultCode::conflict, "merkle.sample_unwitnessed", "sample");
  }
  if (day_of(*later) <= day_of(*then) || audited.checkpoint.origin != draw.checkpoint.origin) {
    return fail(FaultCode::conflict, "merkle.sample_not_later", "sample");
  }
  const TreeHead& tree = audited.checkpoint.head;
  MINHU_CHECK_OK(check_consistency(tree, sample.consistency, draw.checkpoint.head));
  const auto drawn = draw_leaves(draw.checkpoint.head.root, tree.size, sample.count);
  // No leaf at all would prove nothing, and look as if all were well.
  const bool is_drawn =
      !drawn.empty() &&
      std::equal(drawn.begin(), drawn.end(), sample.leaves.begin(), sample.leaves.end(),
                 [](std::uint64_t index, const SampledLeaf& leaf) { return index == leaf.index; });
  if (!is_drawn) return fail(FaultCode::conflict, "merkle.sample_of_others", "sample");
  CheckedSample checked{std::move(audited), std::move(draw), {}};
  for (const SampledLeaf& leaf : sample.leaves) {
    MINHU_TRY(checked.events.emplace_back(), check_leaf(leaf, checked.audited.checkpoint.head));
  }
  return checked;
}

}  // namespace minhu::merkle
