/** Pages of the site draw their own top bar and set their own title. */
export default class NavigationBarHandler {
  load() {}
}
