// The parts of one form: small ones in memory, large files in the spool.
//
// Receiving a part never touches the disk, because it happens on the network thread; write_out()
// does, and whoever feeds the form calls it elsewhere when unwritten() has grown.
#pragma once

#include <cstdint>
#include <vector>

#include "adapters/http_beast/limits.h"
#include "adapters/http_beast/multipart.h"
#include "adapters/http_beast/spool.h"
#include "ports/http.h"

namespace minhu::http_beast {

class FormCollector final : public PartSink {
 public:
  FormCollector(const Limits& limits, Spool& spool, bool may_spool = true)
      : limits_(limits), spool_(spool), may_spool_(may_spool) {}

  // Faults too_large http.too_many_fields, http.field_too_long (a field that is not a file),
  // invalid_input http.not_utf8, kernel.control_character (a NUL in a field).
  Outcome begin(PartHead head) override;
  Outcome data(std::string_view bytes) override;
  Outcome end() override;

  std::uint64_t held() const noexcept { return in_parts_ + unwritten_; }  // bytes in memory
  std::uint64_t unwritten() const noexcept { return unwritten_; }
  Outcome write_out();  // faults and exceptions of SpoolFile::write

  // After the last write_out(). The parts name the files, which must outlive them.
  std::vector<http::Part> take_parts();
  std::vector<SpoolFile> take_files();

 private:
  struct Spooled {
    std::size_t part;
    SpoolFile file;
    std::string unwritten;
    bool complete = false;
  };

  const Limits& limits_;
  Spool& spool_;
  bool may_spool_;
  std::vector<http::Part> parts_;
  std::vector<Spooled> spooled_;
  bool is_file_ = false;
  bool is_spooled_ = false;
  std::uint64_t in_parts_ = 0;
  std::uint64_t unwritten_ = 0;
};

}  // namespace minhu::http_beast
