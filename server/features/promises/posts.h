// The posts that own promises, and who holds them: an office goes on, whoever is in it. A holder
// is an official in office, public by law; nothing is counted of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/promises/kinds.h"
#include "ports/storage.h"

namespace minhu::promises {

struct Post {
  PostId id;
  UnitId unit;        // in which it is
  std::string title;  // 县委副书记、县长
  accounts::AccountId holder;
  std::string holder_name;  // as their account shows it
  Instant held_since;
  bool operator==(const Post&) const = default;
};

// A new post and its first holder; later holders come into it by a relay alone (relays.h). Faults:
// not_allowed promises.not_allowed; invalid_input promises.field_missing, promises.too_long,
// promises.personal_details, promises.no_such_unit (unit), promises.no_such_account (holder);
// conflict promises.post_there_already.
Result<Post> make_post(Transaction& transaction, const cases::Context& context, UnitId unit,
                       std::string_view title, accounts::AccountId holder);

std::optional<Post> find_post(Reading& reading, RegionId region, PostId id);
std::vector<Post> all_posts(Reading& reading, RegionId region);  // by title

// For relays.h: the post has another holder from now on.
void change_holder(Transaction& transaction, RegionId region, PostId post,
                   accounts::AccountId holder, RelayId relay, Instant now);

// Everybody who ever held one, for the audit.
struct Holding {
  PostId post;
  std::int64_t seq = 0;
  accounts::AccountId account;
  Instant since;
  std::optional<Instant> until;
  RelayId relay;  // by which they came into it
  bool operator==(const Holding&) const = default;
};
std::vector<Holding> all_holdings(Reading& reading, RegionId region);

}  // namespace minhu::promises
