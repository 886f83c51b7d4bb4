//! Signing in to correct.

use askama::Template;

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::problem::Problem;
use crate::site::Site;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    /// Where it leads back to.
    back: String,
    /// Whether the token was wrong, or the name none.
    refused: bool,
    name: &'a str,
}

/// The form. `name` is what came back in a form that was refused.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site, name: Option<&str>) -> Result<Page, Problem> {
    let page = SignInPage {
        frame: Frame::new(desk, site, Section::Other, site.t().sign_in.to_owned())?,
        back: site.params.back().unwrap_or_default().to_owned(),
        refused: name.is_some(),
        name: name.unwrap_or_default(),
    };
    Ok(Page {
        status: if page.refused { 403 } else { 200 },
        ..Page::of(&page)?
    })
}
