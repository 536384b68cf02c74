#include "features/state_machine/given.h"

#include <charconv>

#include "kernel/utf8.h"

namespace minhu::state_machine {

tl::unexpected<Fault> at_fault(const char* key, std::string_view field) {
  return fail(FaultCode::invalid_input, key, std::string(field),
              std::map<std::string, std::string>{{"field", std::string(field)}});
}

Result<std::string> text_within(std::string_view text, std::string_view field, std::size_t most,
                                const TextFaults& faults) {
  auto clean = clean_text(text);
  if (!clean) return fail(clean.error().code, clean.error().key, std::string(field));
  if (clean->empty()) return at_fault(faults.missing, field);
  if (code_points(*clean) > most) {
    return fail(FaultCode::invalid_input, faults.too_long, std::string(field),
                std::map<std::string, std::string>{{"most", std::to_string(most)}});
  }
  return std::move(*clean);
}

bool is_count(std::string_view text, std::int64_t largest) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc() && end == text.data() + text.size() && count >= 0 && count <= largest;
}

}  // namespace minhu::state_machine
