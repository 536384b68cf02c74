// For tests: a gateway that does what the test says, the sentences that are shipped, and a database
// whose disk is full.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "ports/outbound.h"
#include "ports/storage.h"
#include "project_folder.h"

namespace minhu::messages {

inline catalogue::Catalogues shipped_sentences() {
  const auto text_of = [](const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto folder = project_folder() / "pages/messages";
  static const std::string chinese = text_of(folder / "zh-CN/outbound.json");
  static const std::string english = text_of(folder / "en/outbound.json");
  const std::array files{EmbeddedFile{"zh-CN/outbound.json", chinese},
                         EmbeddedFile{"en/outbound.json", english}};
  constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
  return *catalogue::Catalogues::read(files, languages);
}

class Gateway final : public Outbound {
 public:
  Outcome send(const OutboundMessage& message) override {
    ++asked[message.way];
    if (takes_its_time) takes_its_time(message.way);
    if (const auto fault = faults.find(message.way); fault != faults.end()) {
      return tl::unexpected<Fault>(fault->second);
    }
    sent.push_back(message);
    return {};
  }
  std::map<OutboundWay, int> asked;
  std::map<OutboundWay, Fault> faults;
  std::function<void(OutboundWay)> takes_its_time;
  std::vector<OutboundMessage> sent;
};

inline const Fault not_there(FaultCode::unavailable, "outbound.not_reached");
inline const Fault no_address(FaultCode::invalid_input, "outbound.bad_address");

// Takes nothing more while it is full, and can be read.
class FullDisk final : public Database {
 public:
  explicit FullDisk(Database& database) : database_(database) {}
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    if (is_full) return fail(FaultCode::out_of_storage, "storage.full");
    return database_.write_job(job);
  }
  void read_job(const std::function<void(Reading&)>& job) override { database_.read_job(job); }

  bool is_full = true;

 private:
  Database& database_;
};

}  // namespace minhu::messages
