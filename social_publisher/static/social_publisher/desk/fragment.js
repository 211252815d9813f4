/* Keeps a part of a screen as the server has it: asks every few seconds until it is done, and says aloud what changed. */
const { Controller } = window.StimulusModule;

class FragmentController extends Controller {
  static values = { url: String, said: String, interval: { type: Number, default: 3000 } };

  connect() {
    this.timer = setInterval(() => this.refresh(), this.intervalValue);
    this.stopIfDone();
  }

  disconnect() {
    clearInterval(this.timer);
  }

  async refresh() {
    if (document.hidden) return;
    let fresh;
    try {
      const response = await fetch(this.urlValue, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!response.ok || response.redirected) return;
      fresh = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
    } catch {
      return; // the next look finds the server again
    }
    const before = this.element.querySelector("[data-summary]")?.textContent;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    this.element.replaceChildren(fresh);
    if (focused) document.getElementById(focused)?.focus();
    const summary = this.element.querySelector("[data-summary]")?.textContent;
    if (summary !== before) document.getElementById(this.saidValue).textContent = summary;
    this.stopIfDone();
  }

  stopIfDone() {
    // A correction may still be leaving; a few more looks show it.
    if (this.element.querySelector("[data-done]")) {
      this.left = (this.left ?? 10) - 1;
      if (this.left <= 0) clearInterval(this.timer);
    }
  }
}

window.wagtail.app.register("social-fragment", FragmentController);
