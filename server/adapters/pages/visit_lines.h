// What the pages of visits say of one: when, who, where, whether there is room. Inner header.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/pages/site.h"
#include "features/visits/visits.h"

namespace minhu::pages {

// What can be had of a visit beforehand.
enum class Room : std::uint8_t { a_place, the_list, none };

struct VisitSaying {
  const Site& site;
  const catalogue::Catalogue& say;
  Instant now;

  VisitSaying(const Site& the_site, const http::Request& request)
      : site(the_site),
        say(the_site.surface.sentences(request)),
        now(the_site.installation.clock.now()) {}

  std::string day(Instant instant) const;   // 3月12日 星期四
  std::string time(Instant instant) const;  // 09:40
  std::string when(const visits::Visit& visit) const;
  std::string who(const visits::Visit& visit) const;  // 县长 沈国平
  Room room(const visits::Visit& visit) const;
  std::string free(const visits::Visit& visit) const;
  // Why the day that had been announced was not held, and what takes its place.
  void show_moved(const visits::Visit& visit, templates::Values& values) const;
};

// 竹源镇 上溪村 上溪村文化礼堂
std::string where_of(Reading& reading, RegionId region, const visits::Visit& visit);

// The next announced visit that can still be gone to, or nothing.
std::optional<visits::VisitRow> next_visit(Reading& reading, RegionId region, Instant now);

}  // namespace minhu::pages
