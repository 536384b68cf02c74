// `minhu record audit --url`: watches somebody's record from outside.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <set>
#include <thread>

#include "adapters/system/system.h"
#include "adapters/witness_http/log_over_http.h"
#include "adapters/witness_http/witnesses_over_http.h"
#include "app/commands.h"
#include "app/end_signal.h"
#include "app/files.h"
#include "app/record_mirror.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/merkle/lines.h"
#include "engines/merkle/outside_monitor.h"

namespace minhu::app {

namespace {

// Empty: the files lie in a folder.
std::shared_ptr<witness_http::LogOverHttp> log_over_http(const std::string& url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return nullptr;
  return std::make_shared<witness_http::LogOverHttp>(url);
}
merkle::ReadFile files_of(const std::shared_ptr<witness_http::LogOverHttp>& log,
                          const std::string& url) {
  if (log) return [log](const std::string& path) { return log->get(path); };
  return [folder = RecordMirror(url)](const std::string& path) { return folder.read(path); };
}

// A clock is shown to people as such.
std::string sentence_of(Fault fault) {
  for (const char* name : {"time", "after", "before"}) {
    const auto detail = fault.details.find(name);
    if (detail == fault.details.end()) continue;
    const auto seconds = merkle::parse_decimal(detail->second);
    constexpr std::uint64_t year_9999 = 253'402'300'799;
    if (seconds && *seconds <= year_9999) {
      detail->second = format_instant({static_cast<std::int64_t>(*seconds) * 1000});
    }
  }
  return terminal_language().say(fault);
}

// One line for each thing that was ever found, with the time when it was found first. Only a person
// takes lines away.
class AlarmFile {
 public:
  explicit AlarmFile(const std::filesystem::path& path) : path_(path) {
    // A pipe or a device that passes lines on to somebody keeps none, and reading it need not end.
    std::error_code error;
    if (!std::filesystem::is_regular_file(path_, error)) return;
    std::ifstream in(path_);
    for (std::string line; std::getline(in, line);) {
      const std::size_t blank = line.find(' ');
      if (blank != std::string::npos) known_.insert(line.substr(blank + 1));
    }
  }

  Outcome add(Instant now, const std::string& sentence) {
    if (path_.empty() || known_.contains(sentence)) return {};
    std::ofstream out(path_, std::ios::app);
    out << format_instant(now) << ' ' << sentence << '\n' << std::flush;
    if (out) {
      known_.insert(sentence);  // only now: what could not be written is written at the next look
      return {};
    }
    return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
                std::map<std::string, std::string>{{"folder", path_.string()}, {"reason", "-"}});
  }

 private:
  std::filesystem::path path_;
  std::set<std::string> known_;
};

class Watch {
 public:
  Watch(const MonitorRecordOptions& options, merkle::TrustPolicy policy)
      : options_(options),
        policy_(policy),
        alarms_(options.alarm),
        log_(log_over_http(options.url)),
        monitor_(std::move(policy), files_of(log_, options.url),
                 {[kept = RecordMirror(options.state)](const std::string& path) {
                    return kept.read(path);
                  },
                  [kept = RecordMirror(options.state)](const std::string& path, BytesView bytes) {
                    return kept.write(path, bytes);
                  }},
                 system::SystemEntropy().bytes<32>()) {}

  // The exit status of one look.
  int look() {
    merkle::LookOptions looking;
    looking.now_seconds = static_cast<std::uint64_t>(clock_.now().unix_ms / 1000);
    looking.longest_age = options_.stale_after;
    if (options_.full) looking.most_read_again = merkle::largest_size;
    const std::size_t asked = ask_witnesses(looking.elsewhere);
    if (log_) log_->begin_round();
    const auto look = monitor_.look(looking);
    if (!look) return refuse(look.error());
    for (const Fault& fault : look->findings) {
      const std::string sentence = sentence_of(fault);
      std::fprintf(stderr, "minhu: %s\n", sentence.c_str());
      if (const auto added = alarms_.add(clock_.now(), sentence); !added) refuse(added.error());
    }
    finish(fmt::format(
        "{} {} of {} entries: {} new, {} read again, {} findings, {} of {} witnesses",
        look->findings.empty() ? "good" : "alarm", policy_.logs.front().key.name, look->head.size,
        look->new_leaves, look->read_again, look->findings.size(), look->compared, asked));
    return look->findings.empty() ? done : alarm;
  }

 private:
  // What each witness holds is asked for apart from the log, which could leave out who disagrees.
  // One that does not answer takes nothing away from what the others say.
  std::size_t ask_witnesses(std::vector<merkle::SeenElsewhere>& elsewhere) {
    std::vector<std::string> names;
    std::vector<std::string> addresses;
    for (const merkle::TrustPolicy::Witness& witness : policy_.witnesses) {
      if (witness.address.empty()) continue;
      names.push_back(witness.name);
      addresses.push_back(witness.address);
    }
    const auto replies = witnesses_.latest(addresses, policy_.logs.front().key.name);
    for (std::size_t i = 0; i < replies.size(); ++i) {
      if (replies[i].status == 200) elsewhere.push_back({names[i], replies[i].body});
    }
    return names.size();
  }

  const MonitorRecordOptions& options_;
  merkle::TrustPolicy policy_;
  system::SystemClock clock_;
  AlarmFile alarms_;
  witness_http::WitnessesOverHttp witnesses_;
  std::shared_ptr<witness_http::LogOverHttp> log_;  // none: a folder
  merkle::OutsideMonitor monitor_;
};

Result<merkle::TrustPolicy> policy_of(const MonitorRecordOptions& options) {
  MINHU_TRY(const std::string text, contents_of(options.policy));
  MINHU_TRY(merkle::TrustPolicy policy, merkle::parse_policy(text));
  if (policy.logs.empty()) return fail(FaultCode::invalid_input, "merkle.unknown_log", "policy");
  return policy;
}

}  // namespace

int monitor_record(const MonitorRecordOptions& options) {
  auto policy = policy_of(options);
  if (!policy) return refuse(policy.error());
  std::error_code error;
  std::filesystem::create_directories(options.state, error);
  Watch watch(options, std::move(*policy));
  if (options.every == 0) return watch.look();

  EndSignal end_signal;
  int worst = done;
  while (!end_signal.asked()) {
    const auto next = std::chrono::steady_clock::now() + std::chrono::seconds(options.every);
    worst = std::max(worst, watch.look());
    while (!end_signal.asked() && std::chrono::steady_clock::now() < next) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  return worst;
}

}  // namespace minhu::app
