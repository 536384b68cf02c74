#include "engines/text/similar_pool.h"

#include <algorithm>

#include "kernel/assert.h"

namespace minhu::text {

void overwrite(void* memory, std::size_t bytes) {
  volatile auto* words = static_cast<std::uint32_t*>(memory);
  for (std::size_t i = 0; i < bytes / sizeof(std::uint32_t); ++i) words[i] = 0;
}

Pool::Piece Pool::take(std::size_t bytes) {
  const std::size_t grains = std::max<std::size_t>(1, grains_of(bytes));
  if (grains > most_grains) {
    if (big_free_.empty()) {
      big_free_.push_back(static_cast<Piece>(big_.size()));
      big_.emplace_back();
    }
    const Piece piece = big_free_.back();
    big_free_.pop_back();
    big_[piece] = std::make_unique<std::uint32_t[]>(grains * grain_words);
    big_bytes_ += grains * grain_bytes;
    return piece | big_piece;
  }
  if (const Piece piece = free_[grains]; piece != none) {
    std::uint32_t* words = at(piece);
    free_[grains] = words[0];
    words[0] = 0;
    return piece;
  }
  if (used_ + grains > chunk_grains) {
    const auto here = static_cast<Piece>(chunks_.size() * chunk_grains);
    if (used_ < chunk_grains) {
      keep_free(static_cast<Piece>(here - chunk_grains + used_), chunk_grains - used_);
    }
    MINHU_ASSERT(here < big_piece - chunk_grains);
    chunks_.push_back(std::make_unique<std::uint32_t[]>(chunk_grains * grain_words));
    used_ = 0;
  }
  const auto piece = static_cast<Piece>((chunks_.size() - 1) * chunk_grains + used_);
  used_ += grains;
  return piece;
}

void Pool::give_back(Piece piece, std::size_t bytes) {
  const std::size_t grains = std::max<std::size_t>(1, grains_of(bytes));
  overwrite(at(piece), grains * grain_bytes);
  if ((piece & big_piece) == 0) {
    keep_free(piece, grains);
    return;
  }
  big_bytes_ -= grains * grain_bytes;
  big_[piece & ~big_piece].reset();
  big_free_.push_back(piece & ~big_piece);
}

void Pool::keep_free(Piece piece, std::size_t grains) {
  at(piece)[0] = free_[grains];
  free_[grains] = piece;
}

std::size_t Pool::bytes() const {
  return chunks_.size() * chunk_grains * grain_bytes + big_bytes_;
}

}  // namespace minhu::text
