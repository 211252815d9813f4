/* Puts words into the texts of a post: hashtags, mentions, and the marks of a thread. The browser can undo each. */
class TextController extends window.StimulusModule.Controller {
  static values = { url: String };

  get shared() {
    return document.getElementById("id_text");
  }

  areaBeside(button) {
    return button.closest("[data-compose-row]")?.querySelector("textarea") ?? this.shared;
  }

  insert({ target, params }) {
    this.type(this.areaBeside(target), params.insert);
  }

  /* An account has its name on one network alone, so it goes into that channel's own text. */
  mention({ target, params }) {
    const area = this.areaBeside(target);
    if (!area.value.trim()) this.write(area, this.shared.value);
    this.type(area, params.insert);
  }

  begin({ target }) {
    this.write(this.areaBeside(target), this.shared.value);
  }

  language({ params }) {
    const select = document.getElementById("id_language");
    select.value = params.language;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  split(event) {
    return this.thread(event, "split");
  }

  join(event) {
    return this.thread(event, "join");
  }

  async thread({ target, params }, what) {
    const area = this.areaBeside(target);
    const body = new FormData(this.element.closest("form"));
    body.set("post", this.element.dataset.deskComposePostValue);
    body.set("channel", params.channel);
    body.set(what, "1");
    if (area !== this.shared) body.set("own", "1");
    const before = area.value;
    const answer = await fetch(this.urlValue, { method: "POST", body })
      .then((response) => response.json())
      .catch(() => ({ error: this.element.querySelector("[data-told-offline]").dataset.toldOffline }));
    if (answer.text !== undefined && area.value === before) this.write(area, answer.text);
    this.say(answer.told ?? answer.error);
  }

  /* At the cursor, apart from the words around it. */
  type(area, words) {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const before = start > 0 && !/\s/.test(value[start - 1]) ? " " : "";
    const after = end < value.length && !/\s/.test(value[end]) ? " " : "";
    this.put(area, start, end, `${before}${words}${after}`);
  }

  write(area, text) {
    this.put(area, 0, area.value.length, text);
  }

  put(area, start, end, text) {
    area.closest("details")?.setAttribute("open", "");
    area.focus();
    area.setSelectionRange(start, end);
    const typed = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!typed) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  say(words) {
    const live = this.element.querySelector("[data-desk-compose-target='live']");
    if (live) live.textContent = words;
  }
}

window.wagtail.app.register("desk-text", TextController);
