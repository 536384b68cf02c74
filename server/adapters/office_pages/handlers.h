// One function a route. Those that take an account are called with somebody whom the gate admitted.
#pragma once

#include "adapters/office_pages/office.h"

namespace minhu::office_pages {

http::Response style_sheet(const Office& office, const http::Request& request);
http::Response choose_language(const Office& office, const http::Request& request);

http::Response show_sign_in(const Office& office, const http::Request& request);
http::Response sign_in(const Office& office, const http::Request& request);
http::Response sign_out(const Office& office, const http::Request& request);
http::Response show_second_factor(const Office& office, const http::Request& request);
http::Response present_code(const Office& office, const http::Request& request);
http::Response show_invitation(const Office& office, const http::Request& request);
http::Response accept_invitation(const Office& office, const http::Request& request);

http::Response show_queue(const Office& office, const http::Request& request,
                          const accounts::Account& who);
http::Response find_case(const Office& office, const http::Request& request,
                         const accounts::Account& who);

http::Response show_case(const Office& office, const http::Request& request,
                         const accounts::Account& who);
http::Response show_file(const Office& office, const http::Request& request,
                         const accounts::Account& who);
http::Response take_step(const Office& office, const http::Request& request,
                         const accounts::Account& who);
http::Response reveal_phone(const Office& office, const http::Request& request,
                            const accounts::Account& who);

http::Response show_papers(const Office& office, const http::Request& request,
                           const accounts::Account& who);

http::Response show_receive(const Office& office, const http::Request& request,
                            const accounts::Account& who);
http::Response receive_words(const Office& office, const http::Request& request,
                             const accounts::Account& who);

http::Response show_rules(const Office& office, const http::Request& request,
                          const accounts::Account& who);
http::Response try_rules(const Office& office, const http::Request& request,
                         const accounts::Account& who);

}  // namespace minhu::office_pages
