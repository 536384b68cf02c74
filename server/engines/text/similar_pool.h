// Memory for very many small pieces of the index: a name of four bytes for each instead of a
// pointer, no bookkeeping beside it, and nothing left in what is given back. Inner header.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace minhu::text {

// Zeros, also where the compiler could see that nobody reads them any more. `bytes`: whole words of
// four.
void overwrite(void* memory, std::size_t bytes);

class Pool {
 public:
  using Piece = std::uint32_t;
  static constexpr Piece none = 0xFFFFFFFFU;

  // All zeros, aligned to four bytes, stays where it is until it is given back.
  Piece take(std::size_t bytes);
  // `bytes` as it was taken. What stood there is overwritten.
  void give_back(Piece piece, std::size_t bytes);

  std::uint32_t* at(Piece piece) {
    return const_cast<std::uint32_t*>(std::as_const(*this).at(piece));
  }
  const std::uint32_t* at(Piece piece) const {
    if ((piece & big_piece) != 0) return big_[piece & ~big_piece].get();
    return chunks_[piece / chunk_grains].get() + std::size_t{piece % chunk_grains} * grain_words;
  }

  // What is taken from the machine, used or not.
  std::size_t bytes() const;

 private:
  static constexpr std::size_t grain_words = 4;
  static constexpr std::size_t grain_bytes = 4 * grain_words;
  static constexpr std::size_t chunk_grains = 4096;  // 64 KiB
  static constexpr std::size_t most_grains = 64;     // a bigger piece is one by itself
  static constexpr Piece big_piece = 0x80000000U;

  using Words = std::unique_ptr<std::uint32_t[]>;

  static std::size_t grains_of(std::size_t bytes) {
    return (bytes + grain_bytes - 1) / grain_bytes;
  }
  void keep_free(Piece piece, std::size_t grains);

  std::vector<Words> chunks_;
  std::size_t used_ = chunk_grains;  // grains of the last chunk
  // Free pieces by size: the first; in each stands the next.
  std::array<Piece, most_grains + 1> free_ = filled_with_none();
  std::vector<Words> big_;
  std::vector<Piece> big_free_;
  std::size_t big_bytes_ = 0;

  static constexpr std::array<Piece, most_grains + 1> filled_with_none() {
    std::array<Piece, most_grains + 1> all = {};
    all.fill(none);
    return all;
  }
};

}  // namespace minhu::text
