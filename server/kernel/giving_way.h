// Threads whose work nobody waits for leave the processor to those whose work somebody does.
#pragma once

#include <chrono>
#include <functional>

namespace minhu {

// What is added to the niceness (setpriority(2)) of a thread that gives way: beside a busy one it
// has a tenth of a core, beside nobody all of it. Not the utmost, 19: there are locks of a few
// instructions that everybody takes (queues, malloc), and whoever waits for one that it holds waits
// until it has its turn.
inline constexpr int giving_way_niceness = 10;

// From now on, until it ends, the calling thread gives way; on Linux the niceness of one thread is
// its own, though threads that it starts inherit it. There is no way back: a program without
// privileges may only give way more. False when the system refused; everything goes on as before.
//
// It must hold nothing for which a request waits: whoever has little of the processor would keep it
// for long. Writing is done by the thread that writes, which does not give way (write_queue.h); of
// the connections that read it leaves some free (reader_pool.h); the rest is in_full_turn().
bool give_way();
bool gives_way() noexcept;

// How long the calling thread has run, and how long it could have run and did not because others
// had the processor (proc(5), schedstat). Zero where the system does not tell.
struct ProcessorTime {
  std::chrono::nanoseconds ran{};
  std::chrono::nanoseconds waited{};
};
ProcessorTime processor_time();
// Whether it has waited for longer than it has run since then: what can wait longer does so.
bool is_crowded_out(const ProcessorTime& since);

// Does what takes a lock for which a request may wait. The calling thread waits meanwhile; if it
// gives way, another one does the work that was started before it began to. Exceptions reach the
// caller.
void in_full_turn(const std::function<void()>& work);

}  // namespace minhu
