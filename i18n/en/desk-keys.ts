import type { deskKeys as fr } from "../fr/desk-keys.ts";

export const deskKeys: typeof fr = {
  nav: "From one submission to another",
  previous: "Previous",
  next: "Next",
  sheet: "Shortcuts",
  title: "Keyboard shortcuts",
  close: "Close",
  on: "Single letters as shortcuts",
  onHint: "Untick it if you dictate, or if a key goes off too soon. The choice stays in this browser.",
  arrows: "Arrows",
  enter: "Enter",
  escape: "Esc",
  review: {
    j: "The next submission",
    k: "The previous submission",
    p: "Go to “Publish”; Enter publishes",
    r: "Go to the reasons for returning",
    arrows: "From one reason to another; Enter returns the work to the studio",
    m: "Write your words; Esc leaves them",
    q: "Back to the pile",
    help: "This sheet",
  },
  queue: {
    j: "The next work of the pile",
    k: "The previous work",
    enter: "Review it",
    help: "This sheet",
  },
};
