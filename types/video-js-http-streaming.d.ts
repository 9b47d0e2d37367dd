/** HTTP streaming for the player: importing it adds it, and nothing else of it is used. */
declare module "@videojs/http-streaming";
