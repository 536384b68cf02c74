// The matters of the index, packed: nobody reads them but who is shown, so they need not be quick
// to read. Inner header.
#pragma once

#include <cstdint>

#include "engines/text/matter.h"
#include "engines/text/similar_pool.h"

namespace minhu::text {

// A matter in a piece of memory. Of its bytes as Matter::append_to writes them the terms stand as
// they are; the weights, of which more than half are 0, as a bit for each and those that are not 0.
class PackedMatters {
 public:
  using Piece = Pool::Piece;

  Piece keep(const Matter& matter);
  void forget(Piece piece);  // nothing of it is left
  Matter matter(Piece piece) const;
  void append_to(Bytes& out, Piece piece) const;  // as the matter itself would

  std::size_t bytes() const { return pool_.bytes(); }

 private:
  Pool pool_;
};

}  // namespace minhu::text
