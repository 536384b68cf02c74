// merkle_judge write FILE SEED TREES — proofs, notes and cosignatures of ours, one a line, and some
// that are damaged; merkle_judge check FILE — whether we accept the good and refuse the bad lines
// of somebody else; merkle_judge receipt FOLDER — a receipt and a policy to try. The lines:
//
//     root SIZE ROOT                                          over the entries "record 0", "record
//     1", … inclusion good|bad INDEX SIZE ROOT LEAF PROOF           PROOF: hashes with commas, or -
//     consistency good|bad OLDER ROOT NEWER ROOT PROOF
//     note good|bad KEY BASE64                                signed by that key of a log
//     cosigned good|bad KEY SECONDS BASE64                    by that key of a witness, at that
//     time
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/lines.h"
#include "engines/merkle/promise.h"
#include "engines/merkle/test_county.h"
#include "kernel/test_dice.h"

namespace {

using namespace minhu;
using namespace minhu::merkle;

std::string joined(const Proof& proof) {
  std::string text;
  for (const Hash& hash : proof) text += (text.empty() ? "" : ",") + format_hash(hash);
  return text.empty() ? "-" : text;
}

std::optional<Proof> split(const std::string& text) {
  Proof proof;
  if (text == "-") return proof;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const auto hash = parse_hash(part);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

Hash flipped(Hash hash, Dice& dice) {
  hash[static_cast<std::size_t>(dice.between(0, 31))] ^=
      static_cast<std::uint8_t>(1U << dice.between(0, 7));
  return hash;
}

// One hash changed, left out or added.
Proof damaged(Proof proof, Dice& dice) {
  if (proof.empty()) return {flipped({}, dice)};
  const auto at = dice.between(0, static_cast<std::int64_t>(proof.size()) - 1);
  switch (dice.between(0, 2)) {
    case 0:
      proof[static_cast<std::size_t>(at)] = flipped(proof[static_cast<std::size_t>(at)], dice);
      break;
    case 1:
      proof.erase(proof.begin() + at);
      break;
    default:
      proof.insert(proof.begin() + at, flipped({}, dice));
  }
  return proof;
}

class Writer {
 public:
  Writer(const char* file, std::uint64_t seed) : out_(file), dice_(seed) {}

  void write(int trees) {
    constexpr std::uint64_t largest = 2000;
    log_.grow(numbered_entries(0, largest));
    for (std::uint64_t size = 1; size <= 40; ++size) tree(size);
    for (const std::uint64_t size : {255U, 256U, 257U, 512U, 513U}) tree(size);
    for (int i = 0; i < trees; ++i) tree(static_cast<std::uint64_t>(dice_.between(41, largest)));
  }
  bool good() const { return out_.good(); }

 private:
  void tree(std::uint64_t size) {
    TileReader reader(log_.head(), log_.fetch);
    const TreeHead head{size, root_at(reader, size).value()};
    out_ << "root " << size << ' ' << format_hash(head.root) << '\n';
    for (std::uint64_t index = 0; index < size; ++index) {
      const Proof proof = make_inclusion_proof(reader, index, size).value();
      const Hash leaf = leaf_hash(numbered_entry(index));
      inclusion("good", index, head, leaf, proof);
      if (dice_.between(0, 9) == 0) inclusion("bad", index, head, leaf, damaged(proof, dice_));
      if (dice_.between(0, 9) == 0) inclusion("bad", index, head, flipped(leaf, dice_), proof);
    }
    for (std::uint64_t older = 1; older <= size; ++older) {
      const Proof proof = make_consistency_proof(reader, older, size).value();
      const TreeHead before{older, root_at(reader, older).value()};
      consistency("good", before, head, proof);
      if (dice_.between(0, 9) == 0) consistency("bad", before, head, damaged(proof, dice_));
      if (dice_.between(0, 9) == 0) {
        consistency("bad", {older, flipped(before.root, dice_)}, head, proof);
      }
    }
    note(head);
  }

  void inclusion(const char* verdict, std::uint64_t index, const TreeHead& head, const Hash& leaf,
                 const Proof& proof) {
    out_ << "inclusion " << verdict << ' ' << index << ' ' << head.size << ' '
         << format_hash(head.root) << ' ' << format_hash(leaf) << ' ' << joined(proof) << '\n';
  }
  void consistency(const char* verdict, const TreeHead& before, const TreeHead& head,
                   const Proof& proof) {
    out_ << "consistency " << verdict << ' ' << before.size << ' ' << format_hash(before.root)
         << ' ' << head.size << ' ' << format_hash(head.root) << ' ' << joined(proof) << '\n';
  }
  void note(const TreeHead& head) {
    const Signer log = signer_of("record.minhu.example/log1", KeyKind::ed25519);
    const Signer witness = signer_of("audit.example", KeyKind::cosignature_v1);
    const auto seconds = static_cast<std::uint64_t>(dice_.between(0, 4'000'000'000));
    Note note{format_checkpoint({log.name, head, {}}), {}};
    note.signatures = {sign_text(log, note.text), sign_text(witness, note.text, seconds)};
    Note changed = note;
    changed.text = format_checkpoint({log.name, {head.size + 1, head.root}, {}});
    const std::string log_key = format_verifier_key(log.verifier());
    const std::string witness_key = format_verifier_key(witness.verifier());
    for (const auto& [verdict, which] : {std::pair{"good", &note}, {"bad", &changed}}) {
      const std::string text = to_base64(as_bytes(format_note(*which)));
      out_ << "note " << verdict << ' ' << log_key << ' ' << text << '\n';
      out_ << "cosigned " << verdict << ' ' << witness_key << ' ' << seconds << ' ' << text << '\n';
    }
  }

  std::ofstream out_;
  Dice dice_;
  TestLog log_;
};

// What one line says and whether we agree; nothing when the line itself cannot be read.
class Checker {
 public:
  std::optional<bool> agrees(const std::string& line) {
    std::istringstream words(line);
    std::string kind;
    std::string verdict;
    words >> kind;
    if (kind == "root") return root(words);
    words >> verdict;
    std::optional<bool> accepted;
    if (kind == "inclusion") accepted = inclusion(words);
    if (kind == "consistency") accepted = consistency(words);
    if (kind == "note") accepted = note(words, false);
    if (kind == "cosigned") accepted = note(words, true);
    if (!accepted || (verdict != "good" && verdict != "bad")) return std::nullopt;
    return *accepted == (verdict == "good");
  }

 private:
  std::optional<bool> root(std::istream& words) {
    std::uint64_t size = 0;
    std::string root;
    words >> size >> root;
    if (size > log_.head().size) log_.grow(numbered_entries(log_.head().size, size));
    TileReader reader(log_.head(), log_.fetch);
    return words && format_hash(root_at(reader, size).value()) == root;
  }
  static std::optional<bool> inclusion(std::istream& words) {
    std::uint64_t index = 0;
    TreeHead head;
    std::string root_word;
    std::string leaf_word;
    std::string proof_word;
    words >> index >> head.size >> root_word >> leaf_word >> proof_word;
    const auto root = parse_hash(root_word);
    const auto leaf = parse_hash(leaf_word);
    const auto proof = split(proof_word);
    if (!words || !root || !leaf || !proof) return std::nullopt;
    return check_inclusion(*leaf, index, *proof, {head.size, *root}).has_value();
  }
  static std::optional<bool> consistency(std::istream& words) {
    std::uint64_t older = 0;
    std::uint64_t newer = 0;
    std::string old_word;
    std::string new_word;
    std::string proof_word;
    words >> older >> old_word >> newer >> new_word >> proof_word;
    const auto old_root = parse_hash(old_word);
    const auto new_root = parse_hash(new_word);
    const auto proof = split(proof_word);
    if (!words || !old_root || !new_root || !proof) return std::nullopt;
    return check_consistency({older, *old_root}, *proof, {newer, *new_root}).has_value();
  }
  static std::optional<bool> note(std::istream& words, bool is_witness) {
    std::string key_word;
    std::string text_word;
    std::uint64_t seconds = 0;
    words >> key_word;
    if (is_witness) words >> seconds;
    words >> text_word;
    const auto key = parse_verifier_key(key_word);
    const auto text = from_base64(text_word);
    const auto read = text ? parse_note(to_text(*text)) : Result<Note>(Note{});
    if (!words || !key || !text || !read || !parse_checkpoint(read->text)) return std::nullopt;
    const auto good = check_signatures(*read, std::span(&*key, 1));
    return good && good->size() == 1 && good->front().seconds == seconds;
  }

  TestLog log_;
};

int check(const char* file) {
  std::ifstream in(file);
  Checker checker;
  std::map<std::string, int> counts;
  int disagreements = 0;
  for (std::string line; std::getline(in, line);) {
    const auto agrees = checker.agrees(line);
    ++counts[line.substr(0, line.find(' '))];
    if (agrees && *agrees) continue;
    if (++disagreements <= 5) {
      std::cerr << (agrees ? "we disagree: " : "cannot be read: ") << line << '\n';
    }
  }
  for (const auto& [kind, count] : counts) std::cout << count << ' ' << kind << ", ";
  std::cout << disagreements << " disagreements\n";
  return counts.size() == 5 && disagreements == 0 ? 0 : 1;
}

int write_receipt(const std::string& folder) {
  const ReceiptLog log(1000, 617);
  std::ofstream(folder + "/policy") << log.county.policy_text();
  std::ofstream(folder + "/one_witness_policy") << log.county.policy_text("university");
  std::ofstream(folder + "/receipt.tlog-proof") << format_log_proof(log.receipt());
  LogPromise promise{county_origin, leaf_hash(entry_of(test_opening())), 1'764'059'000, 0};
  const auto write_promise = [&](const char* file, std::uint64_t deadline) {
    promise.deadline = deadline;
    const std::string text = format_promise(promise);
    std::ofstream(folder + file) << format_note({text, {sign_text(log.county.log, text)}});
  };
  write_promise("/old_promise", 1'764'145'400);
  write_promise("/promise", 9'000'000'000);  // in the year 2255
  LogProof closed = log.receipt();
  closed.extra.reset();
  std::ofstream(folder + "/closed.tlog-proof") << format_log_proof(closed);
  std::ofstream entry(folder + "/entry");
  entry << to_text(entry_of(test_opening()));
  return entry.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  minhu::start_crypto();
  const std::string verb = argc > 1 ? argv[1] : "";
  if (verb == "check" && argc == 3) return check(argv[2]);
  if (verb == "receipt" && argc == 3) return write_receipt(argv[2]);
  if (verb == "write" && argc == 5) {
    Writer writer(argv[2], std::strtoull(argv[3], nullptr, 10));
    writer.write(std::atoi(argv[4]));
    return writer.good() ? 0 : 1;
  }
  std::fputs("merkle_judge write FILE SEED TREES | check FILE | receipt FOLDER\n", stderr);
  return 2;
}
