// Promises and relays as JSON: each function is an allow-list. Inner header.
#pragma once

#include "adapters/web_api/show.h"
#include "features/promises/promises.h"
#include "features/promises/relays.h"
#include "features/promises/steps.h"

namespace minhu::web_api {

// What the views of one answer are made of, apart from the promises.
struct PromiseShowing {
  Reading& reading;
  const cases::Context& context;
  const UnitNames& units;

  RegionId region() const { return context.county.region; }
};

boost::json::value maybe(std::string_view text);  // nothing (null) where there is no text
boost::json::object shown_post(const PromiseShowing& showing, const promises::Post& post);
boost::json::object shown_promise(const PromiseShowing& showing, const promises::Promise& promise);
boost::json::object promise_with_steps(const PromiseShowing& showing,
                                       const promises::Promise& promise);
boost::json::object relay_line(const PromiseShowing& showing, const promises::Relay& relay);
boost::json::object whole_relay(const PromiseShowing& showing, const promises::RelayView& view);

}  // namespace minhu::web_api
