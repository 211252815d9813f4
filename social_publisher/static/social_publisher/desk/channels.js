/* Check boxes for channels: each ticked one has its row among the post's channels. */
class ChannelsController extends window.StimulusModule.Controller {
  static targets = ["box", "rows", "add"];

  connect() {
    new window.InlinePanel(JSON.parse(this.rowsTarget.dataset.options));
    this.boxTargets.forEach((box) => this.boxTargetConnected(box));
  }

  boxTargetConnected(box) {
    const row = this.rowOf(box.value);
    box.checked = Boolean(row) && !row.classList.contains("deleted");
  }

  toggle({ target }) {
    this.set(target, target.checked);
  }

  usual({ params }) {
    for (const box of this.boxTargets) {
      if (params.usual.includes(Number(box.value)) && !box.checked) {
        box.checked = true;
        this.set(box, true);
      }
    }
  }

  rowOf(channel) {
    return [...this.rowsTarget.children].find((row) => row.querySelector("input[name$='-channel']").value === channel);
  }

  set(box, ticked) {
    const row = this.rowOf(box.value) ?? this.make(box);
    row.classList.toggle("deleted", !ticked);
    row.hidden = !ticked;
    row.style.display = "";
    const gone = row.querySelector("input[name$='-DELETE']");
    gone.value = ticked ? "" : "1";
    gone.dispatchEvent(new Event("change", { bubbles: true }));
  }

  make(box) {
    this.rowsTarget.hidden = true; /* a row that is not seen takes no focus from the box */
    this.addTarget.click();
    this.rowsTarget.hidden = false;
    const row = this.rowsTarget.lastElementChild;
    row.querySelector("input[name$='-channel']").value = box.value;
    row.querySelectorAll("[data-compose-name]").forEach((name) => (name.textContent = ` ${box.dataset.name}`));
    return row;
  }
}

window.wagtail.app.register("desk-channels", ChannelsController);
