// A visit as it is announced, whether it comes from the server or lies on a tablet that has no network.
export interface AnnouncedVisit {
  id: string;
  begins: string;
  ends: string;
  leader: string;
  post: string;
  portfolio: string;
  place: string;
  topics: string;
  accessibility: string;
  // The day that had been announced before, and why it is not that one.
  changed?: { announced: string; reason: string };
  // What takes its place: somebody, or another day.
  cancelled?: { leader: string | null; begins: string };
}
