/** How a script uses a token, to be pasted into a shell. */
export const exampleCall = [
  'curl -H "Authorization: Bearer TOKEN" \\',
  "  https://films.example/api/v1/movies",
].join("\n");
