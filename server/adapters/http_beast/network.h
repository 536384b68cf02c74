// The few names of Asio that this folder uses, with the executor fixed: one network thread, no type
// erasure.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "adapters/http_beast/limits.h"

namespace minhu::http_beast {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using NetworkError = boost::system::error_code;

template <class T>
using Awaitable = asio::awaitable<T, Executor>;
using UseAwaitable = asio::use_awaitable_t<Executor>;
inline constexpr UseAwaitable use_awaitable{};

// Waits without an exception; the error says how it ended.
inline auto into(NetworkError& error) {
  return asio::redirect_error(use_awaitable, error);
}

// No delay for small answers, little unsent data in the kernel, and an end for peers that vanished.
void prepare(Socket& socket, const Limits& limits);

}  // namespace minhu::http_beast
