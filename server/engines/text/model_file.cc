// The file of a model:
//
//   "minhu text model\n", format (u32), payload, SHA-256 of all before
//
// Numbers little-endian, floats as their IEEE 754 bits. The payload: categories, calibration,
// scores, what it was trained on, then the features in order, each with its scale and its weights.
#include <bit>
#include <cmath>
#include <cstring>

#include "engines/text/model_parts.h"
#include "kernel/utf8.h"

namespace minhu::text {

namespace {

constexpr std::string_view magic = "minhu text model\n";
constexpr std::uint32_t format = 1;
constexpr std::size_t digest_size = std::tuple_size_v<Digest>;

class Writer {
 public:
  template <class Unsigned>
  void number(Unsigned value) {
    for (std::size_t byte = 0; byte < sizeof(Unsigned); ++byte) {
      out_.push_back(static_cast<std::uint8_t>(value >> (8 * byte)));
    }
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    out_.insert(out_.end(), value.begin(), value.end());
  }
  void bytes(BytesView value) { out_.insert(out_.end(), value.begin(), value.end()); }
  Bytes take() { return std::move(out_); }
  const Bytes& so_far() const { return out_; }

 private:
  Bytes out_;
};

// Reads what a Writer wrote. After the first thing that cannot be, everything read is 0 and good()
// is false, so that the caller needs to ask once.
class Reader {
 public:
  explicit Reader(BytesView in) : in_(in) {}

  template <class Unsigned>
  Unsigned number() {
    Unsigned value = 0;
    if (!has(sizeof(Unsigned))) return value;
    for (std::size_t byte = 0; byte < sizeof(Unsigned); ++byte) {
      value = static_cast<Unsigned>(value | static_cast<Unsigned>(in_[at_ + byte]) << (8 * byte));
    }
    at_ += sizeof(Unsigned);
    return value;
  }
  double real() { return finite(std::bit_cast<double>(number<std::uint64_t>())); }
  float short_real() { return finite(std::bit_cast<float>(number<std::uint32_t>())); }
  std::string text() {
    const std::size_t size = number<std::uint32_t>();
    if (!has(size)) return {};
    std::string value(in_.begin() + static_cast<std::ptrdiff_t>(at_),
                      in_.begin() + static_cast<std::ptrdiff_t>(at_ + size));
    at_ += size;
    if (!is_valid_utf8(value)) good_ = false;
    return value;
  }
  Digest digest() {
    Digest value{};
    if (!has(value.size())) return value;
    std::copy_n(in_.begin() + static_cast<std::ptrdiff_t>(at_), value.size(), value.begin());
    at_ += value.size();
    return value;
  }
  // How many things follow of which each takes at least `each` bytes: never more than there are.
  std::size_t count(std::size_t each) {
    const std::uint64_t value = number<std::uint64_t>();
    if (value > (in_.size() - at_) / each) {
      good_ = false;
      return 0;
    }
    return static_cast<std::size_t>(value);
  }
  bool good() const { return good_; }
  bool at_end() const { return at_ == in_.size(); }
  void refuse() { good_ = false; }

 private:
  bool has(std::size_t size) {
    if (in_.size() - at_ < size) good_ = false;
    return good_;
  }
  template <class Real>
  Real finite(Real value) {
    if (!std::isfinite(value)) good_ = false;
    return good_ ? value : Real{0};
  }

  BytesView in_;
  std::size_t at_ = 0;
  bool good_ = true;
};

void write_payload(const ModelParts& parts, Writer& out) {
  out.number(static_cast<std::uint64_t>(parts.categories.size()));
  for (const std::string& category : parts.categories) out.text(category);
  out.real(parts.calibration.slope);
  for (const double offset : parts.calibration.offsets) out.real(offset);
  out.real(parts.sure_from);
  out.real(parts.scores.accuracy);
  out.real(parts.scores.macro_f1);
  out.real(parts.scores.calibration_error);
  out.real(parts.scores.accuracy_of_surest);
  out.number(parts.training_pages);
  out.bytes(parts.training_data);
  out.number(parts.words_version);
  const LinearModel& linear = parts.linear;
  for (const float bias : linear.bias) out.real(bias);
  out.number(static_cast<std::uint64_t>(linear.features.size()));
  for (std::size_t i = 0; i < linear.features.size(); ++i) {
    out.number(linear.features[i]);
    out.real(linear.scale[i]);
    for (std::size_t c = 0; c < linear.categories; ++c) out.real(linear.weights_of(i)[c]);
  }
}

void read_features(Reader& in, LinearModel& linear) {
  for (std::size_t c = 0; c < linear.categories; ++c) linear.bias.push_back(in.short_real());
  const std::size_t features = in.count(12 + 4 * linear.categories);
  for (std::size_t i = 0; i < features && in.good(); ++i) {
    const auto feature = in.number<std::uint64_t>();
    const bool in_order = linear.features.empty() || linear.features.back() < feature;
    if (!in_order || (feature & block_bits) >= feature_blocks) in.refuse();
    linear.features.push_back(feature);
    linear.scale.push_back(in.short_real());
    for (std::size_t c = 0; c < linear.categories; ++c) linear.weights.push_back(in.short_real());
  }
}

bool read_payload(BytesView payload, ModelParts& parts) {
  Reader in(payload);
  const std::size_t categories = in.count(4);
  if (categories < 2 || categories > most_categories) return false;
  for (std::size_t c = 0; c < categories; ++c) parts.categories.push_back(in.text());
  parts.calibration.slope = in.real();
  for (std::size_t c = 0; c < categories; ++c) parts.calibration.offsets.push_back(in.real());
  parts.sure_from = in.real();
  parts.scores.accuracy = in.real();
  parts.scores.macro_f1 = in.real();
  parts.scores.calibration_error = in.real();
  parts.scores.accuracy_of_surest = in.real();
  parts.training_pages = in.number<std::uint64_t>();
  parts.training_data = in.digest();
  parts.words_version = in.number<std::uint64_t>();
  parts.linear.categories = categories;
  read_features(in, parts.linear);
  return in.good() && in.at_end();
}

}  // namespace

FeatureIndex::FeatureIndex(std::span<const std::uint64_t> features) {
  std::size_t size = 1;
  while (size < features.size() * 2) size *= 2;
  slots_.assign(size * 2, Slot{});
  mask_ = slots_.size() - 1;
  for (std::size_t i = 0; i < features.size(); ++i) {
    std::size_t at = place(features[i]);
    while (slots_[at].index != none) at = (at + 1) & mask_;
    slots_[at] = {features[i], static_cast<std::uint32_t>(i)};
  }
}

void finish_model(ModelParts& parts) {
  Writer out;
  out.bytes(as_bytes(magic));
  out.number(format);
  write_payload(parts, out);
  parts.version = sha256(out.so_far());
  out.bytes(parts.version);
  parts.file = out.take();
  parts.index = FeatureIndex(parts.linear.features);
}

Result<Model> Model::open(BytesView file) {
  const std::size_t head = magic.size() + sizeof format;
  if (file.size() < magic.size() ||
      !std::equal(magic.begin(), magic.end(), file.begin(),
                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; })) {
    return fail(FaultCode::invalid_input, "text.model_foreign");
  }
  if (file.size() < head + digest_size) {
    return fail(FaultCode::invalid_input, "text.model_damaged");
  }
  const BytesView signed_part = file.first(file.size() - digest_size);
  const Digest digest = sha256(signed_part);
  const bool whole = std::equal(digest.begin(), digest.end(), file.end() - digest_size);
  Reader numbers(file.subspan(magic.size(), sizeof format));
  const auto its_format = numbers.number<std::uint32_t>();
  if (whole && its_format > format) return fail(FaultCode::invalid_input, "text.model_newer");
  auto parts = std::make_shared<ModelParts>();
  if (!whole || its_format != format || !read_payload(signed_part.subspan(head), *parts)) {
    return fail(FaultCode::invalid_input, "text.model_damaged");
  }
  parts->version = digest;
  parts->file.assign(file.begin(), file.end());
  parts->index = FeatureIndex(parts->linear.features);
  return Model(std::move(parts));
}

}  // namespace minhu::text
