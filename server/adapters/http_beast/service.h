// What all connections of one server share. Only the network thread touches it, except where said.
#pragma once

#include <cstdint>
#include <functional>

#include "adapters/http_beast/client_address.h"
#include "adapters/http_beast/errand.h"
#include "adapters/http_beast/refused.h"
#include "adapters/http_beast/router.h"
#include "adapters/http_beast/server.h"
#include "adapters/http_beast/spool.h"
#include "adapters/http_beast/workers.h"

namespace minhu::http_beast {

struct Service {
  Service(asio::io_context& network, Options all_options, std::vector<http::Route> routes,
          http::Refusal how_to_refuse, std::function<void(const Seen&)> who_sees)
      : options(std::move(all_options)),
        router(std::move(routes)),
        refusal(std::move(how_to_refuse)),
        seen(std::move(who_sees)),
        proxies(options.trusted_proxies),
        spool(options.spool, options.limits.spooled_bytes),
        returns(network),
        spoolers(1, options.most_connections + 1),
        workers(options.workers, options.limits.waiting_requests) {}

  const Options options;
  const Router router;
  const http::Refusal refusal;  // from any thread
  const std::function<void(const Seen&)> seen;
  const Proxies proxies;
  Spool spool;       // from any thread
  Returns returns;   // from any thread
  Workers spoolers;  // one disk, one thread; every connection has at most one errand there
  Workers workers;
  std::uint64_t bodies_held = 0;  // bytes in memory
  bool stopping = false;
};

// The response to what is not given to a handler, or what its handler did not manage. From any
// thread; never throws for what `refusal` throws.
http::Response tell(const http::Refusal& refusal, const http::Request& request,
                    const Refused& refused);

}  // namespace minhu::http_beast
