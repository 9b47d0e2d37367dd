/** What is offered when a film is over. */
export interface NextMovie {
  id: string;
  title: string;
  year: string | null;
  pictureUrl: string | null;
}
