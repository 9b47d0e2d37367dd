/** The player without HTTP streaming (a third of the weight): same API, no types of its own. */
declare module "video.js/core" {
  import videojs from "video.js";

  export default videojs;
}
