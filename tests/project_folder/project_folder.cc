#include "project_folder.h"

namespace minhu {

std::filesystem::path project_folder() {
  return MINHU_PROJECT_FOLDER;
}
std::filesystem::path unit_list() {
  return MINHU_UNIT_LIST;
}

}  // namespace minhu
