// For tests: a log in memory, with keys made from words, and a second, plain way to compute trees.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/merkle/log_proof.h"
#include "engines/merkle/proofs.h"
#include "engines/merkle/tree_builder.h"

namespace minhu::merkle {

inline Signer signer_of(const std::string& name, KeyKind kind, const std::string& seed) {
  return {name, kind, Ed25519Key(sha256(as_bytes(seed)))};
}
inline Signer signer_of(const std::string& name, KeyKind kind) {
  return signer_of(name, kind, name);
}

inline Bytes numbered_entry(std::uint64_t i) {
  return to_bytes("record " + std::to_string(i));
}
inline std::vector<Bytes> numbered_entries(std::uint64_t begin, std::uint64_t end) {
  std::vector<Bytes> entries;
  for (std::uint64_t i = begin; i < end; ++i) entries.push_back(numbered_entry(i));
  return entries;
}

// The files of a log by path, as a web server would hold them.
struct LogFiles {
  std::map<std::string, Bytes> files;
  Fetch fetch = [this](const TileId& id) -> Result<Bytes> {
    const auto found = files.find(path_of(id));
    if (found == files.end()) return fail(FaultCode::not_found, "test.no_file");
    return found->second;
  };

  LogFiles() = default;
  LogFiles(const LogFiles&) = delete;
  LogFiles& operator=(const LogFiles&) = delete;

  void keep(const std::vector<LogFile>& added) {
    for (const LogFile& file : added) files[path_of(file.id)] = file.bytes;
  }
};

struct TestLog : LogFiles {
  TreeBuilder builder;

  explicit TestLog(std::uint64_t size = 0) { grow(numbered_entries(0, size)); }
  void grow(const std::vector<Bytes>& entries) { keep(builder.append(entries).value()); }
  TreeHead head() const { return builder.head(); }
};

// RFC 6962 §2.1 word for word, over leaf hashes; nothing of the engine but its two hash functions.
struct NaiveTree {
  std::vector<Hash> leaves;

  explicit NaiveTree(std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i) leaves.push_back(leaf_hash(numbered_entry(i)));
  }

  static std::size_t split(std::size_t n) {
    std::size_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
  }
  Hash root(std::size_t begin, std::size_t end) const {
    if (begin == end) return sha256({});
    const auto [place, is_new] = memo_.try_emplace({begin, end});
    if (!is_new) return place->second;
    const std::size_t n = end - begin;
    const Hash hash = n == 1
                          ? leaves[begin]
                          : node_hash(root(begin, begin + split(n)), root(begin + split(n), end));
    return memo_[{begin, end}] = hash;
  }
  Hash root(std::size_t size) const { return root(0, size); }
  TreeHead head(std::size_t size) const { return {size, root(size)}; }

  Proof path(std::size_t m, std::size_t begin, std::size_t end) const {
    if (end - begin == 1) return {};
    const std::size_t middle = begin + split(end - begin);
    Proof proof = m < middle ? path(m, begin, middle) : path(m, middle, end);
    proof.push_back(m < middle ? root(middle, end) : root(begin, middle));
    return proof;
  }
  Proof subproof(std::size_t m, std::size_t begin, std::size_t end, bool whole) const {
    if (m == end) return whole ? Proof{} : Proof{root(begin, end)};
    const std::size_t middle = begin + split(end - begin);
    Proof proof = m <= middle ? subproof(m, begin, middle, whole) : subproof(m, middle, end, false);
    proof.push_back(m <= middle ? root(middle, end) : root(begin, middle));
    return proof;
  }

 private:
  mutable std::map<std::pair<std::size_t, std::size_t>, Hash> memo_;
};

}  // namespace minhu::merkle
