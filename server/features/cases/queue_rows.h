// The rows by which lists are read: where a case waits and by when, what stands out there, and
// whether it names somebody. All of them follow from the row of the case and are written with it.
// Inner header.
#pragma once

#include <optional>
#include <set>
#include <span>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::cases {

// Something that a list counts beside how much waits. Few cases carry one: each has a row of its
// own in queue_mark, so that a count does not look at every case that waits.
enum class Mark : std::uint8_t {
  returned,  // a unit said that it is another's
  redo,      // to_be_done_again()
};
std::string_view name(Mark) noexcept;

// In the transaction that saves the case.
void save_queue_rows(Transaction& transaction, RegionId region,
                     const std::optional<CaseFile>& before, const CaseFile& now);

// When it is due in every queue where it stands; without a running clock behind all others.
std::int64_t due_in_queues(const CaseFile& file);

// Whether the case stands in every queue where it should, and whether with every mark. A mark that
// is missing is no sign that somebody changed rows: an older program beside this one writes none.
bool places_stand(Reading& reading, RegionId region, const CaseFile& file);
// Those of them that are missing in a queue where they should stand; many places in a question.
std::set<CaseId> missing_in_queues(Reading& reading, RegionId region,
                                   std::span<const CaseFile> files);
bool marks_stand(Reading& reading, RegionId region, const CaseFile& file);
// How many a case should have, and how many there are of all cases.
std::int64_t queue_rows_due(const CaseFile& file);
std::int64_t queue_rows_stored(Reading& reading, RegionId region);
// Marks that a program of before there were any has left behind or has not written, put right;
// returns how many, of some thousand at most. Reads every place of every queue: for a job, now and
// then.
std::int64_t mend_marks(Database& database, RegionId region);
// Places where no case waits by its row of today: somebody wrote them outside the program. Returns
// how many there were; their marks are for mend_marks(). Reads every place of every queue and its
// case: for a rebuild.
std::int64_t remove_stray_places(Database& database, RegionId region);
// All of one case, whatever they say.
void remove_queue_rows(Transaction& transaction, RegionId region, CaseId id);

}  // namespace minhu::cases
