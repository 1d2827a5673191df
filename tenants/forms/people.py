"""Add a member by e-mail, and choose a role."""

from django import forms

from tenants.models import User
from tenants.permissions import Role

ROLES = [(role.value, role.name.title()) for role in Role]
ROLE_HELP = (
    "Viewers read; analysts import and plan; managers also approve and see the audit log; "
    "owners also manage people and tokens; raters only judge."
)


class MemberForm(forms.Form):
    """A person who has an account already; accounts are made by a platform admin."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(choices=ROLES, initial=Role.VIEWER, help_text=ROLE_HELP)

    def clean_email(self) -> str:
        """The address as accounts keep it; ``person`` is set to the account."""
        email = str(self.cleaned_data["email"]).lower()
        self.person = User.objects.filter(email=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(
                "There is no account with this address. Ask a platform admin to make one, then add it here."
            )
        return email


class RoleForm(forms.Form):
    """Another role for someone who is in."""

    role = forms.ChoiceField(choices=ROLES)
