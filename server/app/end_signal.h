// SIGTERM, SIGINT and SIGHUP as a wish: the program ends when what it is doing allows it.
//
// A handler and not a blocked mask with sigwait(): a library may start threads before main()
// (OpenBLAS does), they have the mask of their birth, and a signal that reaches one of them would
// end the process at once, with requests on their way.
#pragma once

namespace minhu::app {

// One for the process; from here on the three signals only say that the end is wanted (SIGHUP not
// where it was ignored before, as nohup does). Nothing is put back: whoever has asked for the end
// wants no other behaviour later.
class EndSignal {
 public:
  EndSignal();
  EndSignal(const EndSignal&) = delete;
  EndSignal& operator=(const EndSignal&) = delete;

  bool asked() const;
  // Returns once a signal came, or at once if one came before. For one thread.
  void wait();
  // As if a signal had come.
  void ask();
};

}  // namespace minhu::app
