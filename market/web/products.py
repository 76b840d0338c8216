"""Pages of carbon-finance products: the public catalogue, and an institution's own listings."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from market.domain import products as verbs
from market.domain.queries import products as queries
from market.permissions import ANYONE, INSTITUTION, MEMBER, acting, acting_or_none, guarded
from market.schemas.products import ProductFilter, product_schema, shown_criteria
from market.schemas.terms import shown_terms
from market.schemas.words import classes, kind_name, kinds
from market.texts import gettext
from market.web.filters import chosen
from market.web.forms import Form
from scoring.products import KINDS

products = Blueprint("products", __name__, url_prefix="/products")


products.add_app_template_filter(kind_name, "kind_name")


@products.app_template_filter("class_name")
def class_name(code: str) -> str:
    """The name of a class of kinds."""
    return str(dict(classes())[code])


@products.get("")
@guarded(ANYONE)
def index() -> str:
    """The catalogue, searched and filtered."""
    wanted, wrong = chosen(ProductFilter())
    page = queries.catalogue(wanted)
    lists = {"kind_names": dict(kinds()), "class_names": dict(classes())}
    return render_template("products/index.html", page=page, wanted=wanted, wrong=wrong, **lists)


@products.get("/mine")
@guarded(MEMBER)
def mine() -> str:
    """The acting institution's listings."""
    page = queries.own_products(acting(), after=request.args.get("after", ""))
    return render_template("products/mine.html", page=page)


@products.get("/new")
@guarded(INSTITUTION)
def choose_kind() -> str:
    """Which kind of product to list."""
    return render_template("products/choose_kind.html", kinds=KINDS.values())


@products.route("/new/<kind>", methods=["GET", "POST"])
@guarded(INSTITUTION)
def new(kind: str) -> Response | tuple[str, int]:
    """List a product of a kind; it stays a draft until put live."""
    if kind not in KINDS:
        abort(404)
    form = Form(product_schema(kind)(), initial=verbs.proposal(kind))
    made = form.attempt(lambda data: verbs.create(kind, data, by=acting()))
    if made:
        flash(gettext("Saved as a draft. Put it live when it is complete."), "success")
        return redirect(url_for("products.show", product_id=made.id))
    page = render_template("products/form.html", form=form, kind=KINDS[kind], product=None)
    return page, form.status


@products.get("/<product_id>")
@guarded(ANYONE)
def show(product_id: str) -> str:
    """One product with its terms, criteria and risks."""
    product = queries.product(product_id, by=acting_or_none())
    return render_template(
        "products/show.html",
        product=product,
        kind=KINDS[product.kind],
        terms=shown_terms(product.kind, product.terms),
        criteria=shown_criteria(product.criteria),
    )


@products.route("/<product_id>/edit", methods=["GET", "POST"])
@guarded(INSTITUTION)
def edit(product_id: str) -> Response | tuple[str, int]:
    """Change one's own listing."""
    product = verbs.own(product_id, by=acting())
    schema = product_schema(product.kind)()
    form = Form(schema, initial=verbs.editable(product, schema.fields))
    if form.attempt(lambda data: verbs.change(product_id, data, by=acting())):
        flash(gettext("Saved."), "success")
        return redirect(url_for("products.show", product_id=product_id))
    kind = KINDS[product.kind]
    return render_template("products/form.html", form=form, kind=kind, product=product), form.status


@products.post("/<product_id>/publish")
@guarded(INSTITUTION)
def publish(product_id: str) -> Response:
    """Put it live: into the catalogue and the ranking."""
    verbs.publish(product_id, by=acting())
    flash(gettext("It is live now and ranked for open needs."), "success")
    return redirect(url_for("products.show", product_id=product_id))


@products.post("/<product_id>/pause")
@guarded(INSTITUTION)
def pause(product_id: str) -> Response:
    """Take it out of catalogue and ranking for a while."""
    verbs.pause(product_id, by=acting())
    flash(gettext("It is paused: nobody else sees it until you put it live again."), "success")
    return redirect(url_for("products.show", product_id=product_id))
