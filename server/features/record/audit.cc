#include "features/record/audit.h"

#include <algorithm>
#include <limits>

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/tree_builder.h"
#include "features/record/files.h"
#include "features/record/rows.h"
#include "features/record/taking_over.h"

namespace minhu::record {

namespace {

using Details = std::map<std::string, std::string>;

constexpr std::int64_t page = 500;

class Audit {
 public:
  Audit(const AuditParts& parts, const OnFinding& on_finding)
      : parts_(parts), on_finding_([this, &on_finding](const Fault& fault) {
          ++result_.findings;
          on_finding(fault);
        }) {}

  Audited run() {
    cases();
    for (const Chronicle* chronicle : parts_.chronicles) subjects_of(*chronicle);
    leaves();
    read_checkpoints();
    tree();
    return result_;
  }

 private:
  void find(const char* key, Details details) {
    on_finding_(Fault(FaultCode::conflict, key, std::string(), std::move(details)));
  }

  template <class F>
  auto read(F&& work) {
    return parts_.database.read(std::forward<F>(work));
  }

  void cases();
  void subjects_of(const Chronicle& chronicle);
  void find_leaf(const char* of_a_case, const char* of_another, const LeafRow& row,
                 Details details);
  void look_for_subject(const LeafRow& row);
  void leaves();
  void leaf(const LeafRow& row);
  void read_checkpoints();
  void read_note(const std::string& path, const std::string& note);
  void tree();
  void batch(const Batch& batch);
  void goes_on_at(std::int64_t position, std::uint64_t index);
  void check_roots(const merkle::TreeHead& at);
  void file(const merkle::LogFile& expected, const merkle::TreeHead& head);

  struct Published {
    merkle::Hash root;
    std::string path;
  };

  AuditParts parts_;
  OnFinding on_finding_;
  Audited result_;
  std::int64_t next_position_ = 0;  // of the leaves that are walked
  std::int64_t in_batches_ = 0;     // the position up to which batches have taken them in
  std::uint64_t last_seconds_ = 0;
  std::multimap<std::uint64_t, Published> published_;
};

std::vector<cases::CaseId> cases_after(Reading& reading, RegionId region, cases::CaseId after) {
  const Uuid& start = after.uuid();
  return reading.all(
      "SELECT DISTINCT case_id FROM case_event WHERE region_id = ?1 AND case_id > ?2 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(start), page},
      [](const Row& row) { return row.id<cases::CaseId>(0); });
}

// From before its chronicle had leaves, or events at all.
bool waits_for_its_leaf(const Fault& finding, std::int64_t events) {
  return finding.key == "record.audit_other_no_leaf" ||
         (finding.key == "record.audit_other_row" && events == 0);
}

// The largest id that is smaller.
Uuid before(Uuid id) {
  for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
    if ((*byte)-- != 0) break;
  }
  return id;
}

bool has_events(Reading& reading, RegionId region, cases::CaseId id) {
  return reading
      .first("SELECT 1 FROM case_event WHERE region_id = ?1 AND case_id = ?2 LIMIT 1",
             {param(region), param(id)}, [](const Row&) { return true; })
      .value_or(false);
}

void Audit::cases() {
  cases::CaseId last;
  for (;;) {
    const auto ids =
        read([&](Reading& reading) { return cases_after(reading, parts_.region, last); });
    if (ids.empty()) return;
    read([&](Reading& reading) {
      UnitCodes codes(reading, parts_.region);
      result_.cases += static_cast<std::int64_t>(ids.size());
      result_.events +=
          audit_cases(reading, parts_.region, parts_.keyring, codes, ids, on_finding_);
      return true;
    });
    last = ids.back();
  }
}

void Audit::subjects_of(const Chronicle& chronicle) {
  const bool taken_over =
      read([&](Reading& reading) { return is_taken_over(reading, parts_.region, chronicle); });
  Uuid last{};
  for (;;) {
    const auto subjects = read([&](Reading& reading) {
      return chronicle.subjects_after(reading, parts_.region, last, page);
    });
    if (subjects.empty()) return;
    read([&](Reading& reading) {
      UnitCodes codes(reading, parts_.region);
      for (const Uuid& subject : subjects) {
        ++result_.others;
        std::vector<Fault> found;
        const std::int64_t events =
            audit_subject(reading, parts_.region, parts_.keyring, codes, chronicle, subject,
                          [&](const Fault& fault) { found.push_back(fault); });
        result_.events += events;
        for (const Fault& fault : found) {
          if (!taken_over && waits_for_its_leaf(fault, events)) {
            ++result_.waiting;
          } else {
            on_finding_(fault);
          }
        }
      }
      return true;
    });
    last = subjects.back();
  }
}

void Audit::find_leaf(const char* of_a_case, const char* of_another, const LeafRow& row,
                      Details details) {
  details["seq"] = std::to_string(row.seq);
  if (row.of_a_case()) {
    details["case"] = row.case_id().text();
  } else {
    details["what"] = row.about;
    details["subject"] = format_uuid(row.subject);
  }
  find(row.of_a_case() ? of_a_case : of_another, std::move(details));
}

// From the smallest number that a row can have: a leaf before the first position fits its event and
// waits for no batch.
void Audit::leaves() {
  constexpr auto last = std::numeric_limits<std::int64_t>::max();
  for (auto from = std::numeric_limits<std::int64_t>::min();;) {
    const auto rows =
        read([&](Reading& reading) { return leaves_from(reading, parts_.region, from, page); });
    for (const LeafRow& row : rows) leaf(row);
    if (rows.empty() || rows.back().position == last) return;
    from = rows.back().position + 1;
  }
}

void Audit::leaf(const LeafRow& row) {
  ++result_.leaves;
  const bool has_a_place =
      row.position >= 0 && row.position < std::numeric_limits<std::int64_t>::max();
  if (has_a_place && row.position != next_position_) {
    find("record.audit_leaf_gone", {{"position", std::to_string(next_position_)}});
  }
  if (has_a_place) next_position_ = row.position + 1;
  const auto leaf = merkle::parse_leaf(row.entry);
  if (!has_a_place || !leaf || leaf->seconds < last_seconds_) {
    find_leaf("record.audit_leaf_broken", "record.audit_other_leaf_broken", row,
              {{"position", std::to_string(row.position)}});
  }
  if (has_a_place && leaf) last_seconds_ = std::max(last_seconds_, leaf->seconds);
  if (row.seq == 0) look_for_subject(row);
}

// Something of which no event and no row is left is not among what was walked.
void Audit::look_for_subject(const LeafRow& row) {
  read([&](Reading& reading) {
    const RegionId region = parts_.region;
    UnitCodes codes(reading, region);
    if (row.of_a_case()) {
      const cases::CaseId id = row.case_id();
      if (!has_events(reading, region, id)) {
        audit_cases(reading, region, parts_.keyring, codes, {&id, 1}, on_finding_);
      }
      return true;
    }
    const Chronicle* chronicle = chronicle_named(parts_.chronicles, row.about);
    if (chronicle == nullptr) {
      find_leaf("", "record.audit_other_unknown", row, {});
    } else if (const auto first =
                   chronicle->subjects_after(reading, region, before(row.subject), 1);
               first.empty() || first.front() != row.subject) {
      audit_subject(reading, region, parts_.keyring, codes, *chronicle, row.subject, on_finding_);
    }
    return true;
  });
}

void Audit::read_note(const std::string& path, const std::string& text) {
  ++result_.checkpoints;
  const auto note = merkle::parse_note(text);
  const auto checkpoint =
      note ? merkle::parse_checkpoint(note->text) : tl::unexpected<Fault>(note.error());
  bool is_ours = checkpoint.has_value();
  if (is_ours && parts_.log != nullptr) {
    const auto good = merkle::check_signatures(*note, std::span(parts_.log, 1));
    is_ours = good && !good->empty() && checkpoint->origin == parts_.log->name;
  }
  if (!is_ours) return find("record.audit_checkpoint", {{"file", path}});
  published_.emplace(checkpoint->head.size, Published{checkpoint->head.root, path});
}

// Every checkpoint that was published: of each day from that of the first leaf to some weeks after
// that of the last one, for witnesses may have been away. The times are those of the tree: what a
// row says of itself could lead past a day.
void Audit::read_checkpoints() {
  if (const auto own = parts_.files.get(checkpoint_path)) {
    read_note(checkpoint_path, to_text(*own));
  }
  constexpr std::chrono::days longest_outage{60};
  const auto first = read([&](Reading& reading) { return batch_at(reading, parts_.region, 0); });
  if (!first || first->entries.empty()) return;
  const auto leaf = merkle::parse_leaf(first->entries.front());
  if (!leaf) return;  // tree() says so
  const Date end = merkle::day_of(last_seconds_) + longest_outage;
  for (Date day = merkle::day_of(leaf->seconds) - std::chrono::days(1); day <= end;
       day += std::chrono::days(1)) {
    const std::string path = merkle::history_path(day);
    const auto notes = parts_.files.get(path);
    if (!notes) continue;
    for (const std::string& note : merkle::parse_history(to_text(*notes)).notes) {
      read_note(path, note);
    }
  }
}

void Audit::check_roots(const merkle::TreeHead& at) {
  const auto [begin, end] = published_.equal_range(at.size);
  for (auto each = begin; each != end; ++each) {
    if (each->second.root != at.root) {
      find("record.audit_other_tree",
           {{"file", each->second.path}, {"size", std::to_string(at.size)}});
    }
  }
  published_.erase(begin, end);
}

// Each batch takes up the leaves where the one before ended. Between two that do not meet an event
// could have a leaf that fits it and never comes into the tree.
void Audit::goes_on_at(std::int64_t position, std::uint64_t index) {
  if (position != in_batches_) {
    find("record.audit_passed_over", {{"index", std::to_string(index)},
                                      {"position", std::to_string(position)},
                                      {"expected", std::to_string(in_batches_)}});
  }
  in_batches_ = position;
}

// The leaves of the batch stand in it in their order; what is between them are cover leaves.
void Audit::batch(const Batch& batch) {
  goes_on_at(batch.first_position, static_cast<std::uint64_t>(batch.first_index));
  const auto rows =
      read([&](Reading& reading) { return leaves_in(reading, parts_.region, batch); });
  auto entry = batch.entries.begin();
  for (const LeafRow& row : rows) {
    const auto found = std::find(entry, batch.entries.end(), row.entry);
    if (found == batch.entries.end()) {
      find_leaf("record.audit_leaf_not_in_batch", "record.audit_other_not_in_batch", row,
                {{"index", std::to_string(batch.first_index)}});
      continue;
    }
    entry = found + 1;
  }
  if (static_cast<std::int64_t>(rows.size()) != batch.leaves) {
    find("record.audit_batch", {{"index", std::to_string(batch.first_index)}});
  }
  // Of what it says of itself no more than there is room for.
  in_batches_ +=
      std::clamp<std::int64_t>(batch.leaves, 0, static_cast<std::int64_t>(batch.entries.size()));
}

void Audit::file(const merkle::LogFile& expected, const merkle::TreeHead& head) {
  if (expected.id.width != merkle::width_in_tree(expected.id.level, expected.id.index, head.size)) {
    return;
  }
  ++result_.files;
  const std::string path = merkle::path_of(expected.id);
  const auto there = parts_.files.get(path);
  if (there && *there == expected.bytes) return;
  const std::size_t unit =
      expected.id.kind == merkle::TileKind::hashes ? sizeof(merkle::Hash) : merkle::leaf_size + 2;
  std::size_t at = 0;
  if (there) {
    const auto [ours, theirs] =
        std::mismatch(expected.bytes.begin(), expected.bytes.end(), there->begin(), there->end());
    at = static_cast<std::size_t>(ours - expected.bytes.begin()) / unit;
  }
  const std::uint64_t first = (expected.id.index * merkle::tile_width + at)
                              << (expected.id.level * merkle::tile_height);
  find(there ? "record.audit_file" : "record.audit_file_gone",
       {{"file", path}, {"index", std::to_string(first)}});
}

void Audit::tree() {
  // Without a head nothing was ever signed, and what is published all the same is a finding.
  const Head head =
      read([&](Reading& reading) { return find_head(reading, parts_.region); }).value_or(Head{});
  merkle::TreeBuilder builder;
  while (builder.head().size < head.tree.size) {
    const auto next = read([&](Reading& reading) {
      return batch_at(reading, parts_.region, static_cast<std::int64_t>(builder.head().size));
    });
    if (!next || next->entries.empty()) break;
    batch(*next);
    const auto files = builder.append(next->entries);
    if (!files) break;
    result_.entries += static_cast<std::int64_t>(next->entries.size());
    for (const merkle::LogFile& each : *files) file(each, head.tree);
    check_roots(builder.head());
  }
  if (builder.head() != head.tree) {
    find("record.audit_head", {{"index", std::to_string(builder.head().size)},
                               {"size", std::to_string(head.tree.size)}});
  }
  if (builder.head() == head.tree) goes_on_at(head.next_position, head.tree.size);
  for (const auto& [size, published] : published_) {
    find("record.audit_other_tree", {{"file", published.path}, {"size", std::to_string(size)}});
  }
  if (!head.note.empty()) {
    published_.clear();
    read_note("record_head", head.note);
    check_roots(builder.head());
  }
}

}  // namespace

Audited audit(const AuditParts& parts, const OnFinding& on_finding) {
  return Audit(parts, on_finding).run();
}

}  // namespace minhu::record
