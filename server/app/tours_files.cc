#include "app/tours_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "app/terminal.h"

namespace minhu::app {

namespace {

// A matrix of 5,000 places as text has 150 MB.
constexpr std::uintmax_t largest_file = std::uintmax_t{256} << 20U;

tl::unexpected<Fault> about(FaultCode code, const char* key, const std::filesystem::path& file) {
  return fail(code, key, std::string(),
              std::map<std::string, std::string>{{"file", file.string()}});
}

}  // namespace

Result<std::string> read_tours_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > largest_file) {
    return about(FaultCode::too_large, "tours.file_too_large", file);
  }
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (error || !in.good()) return about(FaultCode::not_found, "tours.cannot_read", file);
  return text;
}

Outcome write_tours_file(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::path temporary = file;
  temporary += ".new";
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  if (!out.fail()) std::filesystem::rename(temporary, file, error);
  if (out.fail() || error) {
    std::filesystem::remove(temporary, error);
    return about(FaultCode::invalid_input, "tours.cannot_write", file);
  }
  return {};
}

Result<tours::Work> tours_work(const ToursWork& options, const EndSignal& end) {
  constexpr double longest = 86400;
  constexpr unsigned most_threads = 8;
  const bool by_time = options.iterations == 0;
  if (options.iterations < 0 || (by_time && !(options.seconds > 0 && options.seconds <= longest))) {
    return fail(FaultCode::invalid_input, "tours.bad_time", "seconds");
  }
  tours::Work work;
  work.seed = options.seed;
  work.iterations = options.iterations;
  const unsigned threads =
      options.threads == 0 ? std::thread::hardware_concurrency() : options.threads;
  work.threads = static_cast<int>(std::clamp(threads, 1U, most_threads));
  using Steady = std::chrono::steady_clock;
  const auto began = Steady::now();
  const double seconds = options.seconds;
  work.spent = [began, seconds] {
    return std::chrono::duration<double>(Steady::now() - began).count() / seconds;
  };
  work.stop = [&end] { return end.asked(); };
  work.tell = [](const tours::Progress& now) {
    progress(fmt::format("{:3.0f} %: {} stops", now.spent * 100, now.visits));
  };
  return work;
}

}  // namespace minhu::app
