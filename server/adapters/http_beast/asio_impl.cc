// The compiled half of Asio and Beast, once, so that no other file of this folder compiles it
// again.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
