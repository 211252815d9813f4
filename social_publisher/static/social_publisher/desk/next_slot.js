// The composer's "Next free slot": asks for the first chosen channel's next free posting time and fills in the post's time.
// Pressed again, it goes on to the one after.
class NextSlotController extends window.StimulusModule.Controller {
  static targets = ["said"];
  static values = {
    url: String,
    post: String,
    failed: String,
    field: { type: String, default: "#id_due_at" },
    zone: { type: String, default: "#id_due_zone" },
    reading: { type: String, default: "#id_due_reading" },
    channels: { type: String, default: '[name^="variants-"][name$="-channel"]' },
  };

  async fill() {
    const channel = this.channel();
    const query = new URLSearchParams({
      channel: channel?.value ?? "",
      offset: this.beside(channel, "offset_minutes")?.value ?? "",
      zone: document.querySelector(this.zoneValue)?.value ?? "",
      post: this.postValue,
      after: this.last && this.last.channel === channel?.value ? this.last.slot : "",
    });
    try {
      const response = await fetch(`${this.urlValue}?${query}`, { headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (response.ok) {
        this.last = { channel: channel.value, slot: answer.slot };
        this.set(this.fieldValue, answer.local);
        this.set(this.readingValue, answer.reading);
      }
      this.saidTarget.textContent = answer.words ?? answer.problem;
    } catch {
      this.saidTarget.textContent = this.failedValue;
    }
  }

  channel() {
    return [...document.querySelectorAll(this.channelsValue)].find(
      (input) =>
        input.value &&
        !input.name.includes("__prefix__") &&
        (input.type !== "checkbox" || input.checked) &&
        !["1", "on"].includes(this.beside(input, "DELETE")?.value),
    );
  }

  beside(input, name) {
    return input && document.getElementsByName(input.name.replace(/-channel$/, `-${name}`))[0];
  }

  set(selector, value) {
    const field = document.querySelector(selector);
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

window.wagtail.app.register("desk-next-slot", NextSlotController);
